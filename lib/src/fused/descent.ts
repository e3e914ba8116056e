import { H } from "../differentiation";
import type { NDArray } from "../np";
import type { Arena } from "../wasm";
import { placeBatch, type Batch } from "./batch";
import type { NetworkInArena } from "./network";
import { placeDifferentiation } from "./numericalGradient";
import { PARAM_NAMES } from "./params";
import { denseSamples, type Samples } from "./samples";

/** Some rows of the training set, in the arena: select them, go downhill on them, ask for their loss. */
export interface Descent {
  select(rows: Int32Array): void;
  /** params -= learningRate * gradient of the loss on the selected rows; false, and nothing done, where it cannot. */
  descend(learningRate: number): boolean;
  loss(): number;
}

/** Batches of n rows that go downhill by backpropagation. */
export function backpropagationDescent(arena: Arena, network: NetworkInArena, samples: Samples, labels: Int32Array, n: number): Descent {
  const batch = placeBatch(arena, network, samples);
  return {
    ...labelled(arena, network, samples, batch, labels, n),
    descend(learningRate) {
      batch.forward(n, arena.routines.DELTAS, learningRate);
      batch.descend(n, learningRate);
      return true;
    },
  };
}

/** Batches of n rows of x, whose magnitudes end at `largest`, that go downhill by the numerical gradient. */
export function numericalDescent(
  arena: Arena, network: NetworkInArena, x: NDArray, largest: number, labels: Int32Array, n: number,
): Descent {
  const samples = denseSamples(arena, network, x, n, largest);
  const batch = placeBatch(arena, network, samples);
  const differentiation = placeDifferentiation(arena, network, n, samples.place, batch.labels);
  const { inputs, hidden, hiddenStride, classStride, places } = network;
  const sizes = { W1: inputs * hiddenStride, b1: hiddenStride, W2: hidden * classStride, b2: classStride };
  return {
    ...labelled(arena, network, samples, batch, labels, n),
    descend(learningRate) {
      if (!differentiation.run(H)) return false;
      for (const name of PARAM_NAMES) {
        arena.routines.axpy(sizes[name] / 8, -learningRate, differentiation.gradient[name], places[name]);
      }
      return true;
    },
  };
}

/** What both kinds share: the selected rows with their labels, and their loss. */
function labelled(arena: Arena, { classStride }: NetworkInArena, samples: Samples, batch: Batch, labels: Int32Array, n: number) {
  return {
    select(rows: Int32Array) {
      samples.select(rows);
      const selected = arena.ints(batch.labels, n);
      for (let i = 0; i < n; i++) selected[i] = labels[rows[i]];
    },
    loss() {
      batch.forward(n, arena.routines.PROBABILITIES);
      return arena.routines.crossEntropy(batch.y, batch.labels, n, classStride);
    },
  };
}
