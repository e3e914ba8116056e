import { placeDifferentiation } from "../networks/incrementalGradient";
import type { NetworkInArena } from "../networks/networkInArena";
import type { NDArray } from "../np/ndarray";
import type { Arena } from "../wasm/arena";
import { DELTAS, placePass, PROBABILITIES, type Pass } from "./pass";
import { denseSamples, type Samples } from "./samples";

/** Some rows of the training set, in the arena: select them, go downhill on them, ask for their loss. */
export interface Batch {
  select(rows: Int32Array): void;
  /** params -= learningRate * gradient of the loss on the selected rows; false, and nothing done, where it cannot. */
  descend(learningRate: number): boolean;
  loss(): number;
}

/** The book's difference, as TwoLayerNet.numericalGradient takes it. */
const H = 1e-4;

/** Batches of n rows that go downhill by backpropagation. */
export function backpropagationBatch(arena: Arena, network: NetworkInArena, samples: Samples, labels: Int32Array, n: number): Batch {
  const pass = placePass(arena, network, samples);
  return {
    ...labelled(arena, network, samples, pass, labels, n),
    descend(learningRate) {
      pass.forward(n, DELTAS, learningRate);
      pass.descend(n, learningRate);
      return true;
    },
  };
}

/** Batches of n rows of x, whose magnitudes end at `largest`, that go downhill by the numerical gradient. */
export function numericalBatch(
  arena: Arena, network: NetworkInArena, x: NDArray, largest: number, labels: Int32Array, n: number,
): Batch {
  const samples = denseSamples(arena, network, x, n, largest);
  const pass = placePass(arena, network, samples);
  const differentiation = placeDifferentiation(arena, network, n, samples.place, pass.labels);
  const { inputs, hidden, hiddenStride, classStride, places } = network;
  const sizes = { W1: inputs * hiddenStride, b1: hiddenStride, W2: hidden * classStride, b2: classStride };
  return {
    ...labelled(arena, network, samples, pass, labels, n),
    descend(learningRate) {
      if (!differentiation.run(H)) return false;
      for (const name of ["W1", "b1", "W2", "b2"] as const) {
        arena.routines.axpy(sizes[name] / 8, -learningRate, differentiation.gradient[name], places[name]);
      }
      return true;
    },
  };
}

/** What both kinds share: the selected rows with their labels, and their loss. */
function labelled(arena: Arena, { classStride }: NetworkInArena, samples: Samples, pass: Pass, labels: Int32Array, n: number) {
  return {
    select(rows: Int32Array) {
      samples.select(rows);
      const selected = arena.ints(pass.labels, n);
      for (let i = 0; i < n; i++) selected[i] = labels[rows[i]];
    },
    loss() {
      pass.forward(n, PROBABILITIES);
      return arena.routines.crossEntropy(pass.y, pass.labels, n, classStride);
    },
  };
}
