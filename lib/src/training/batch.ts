import { placeDifferentiation } from "../networks/incrementalGradient";
import type { NetworkInArena } from "../networks/networkInArena";
import type { NDArray } from "../np/ndarray";
import type { Arena } from "../wasm/arena";
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
  const { routines } = arena;
  const { hidden, classes, hiddenStride, classStride, places } = network;
  const batch = placeBatch(arena, network, samples, labels, n);
  const { z, y, labelsPlace, scratch } = batch;
  const hiddenDelta = arena.allocate(n * hiddenStride);
  return {
    ...batch,
    descend(learningRate) {
      batch.predict();
      // y becomes the loss's derivative at the logits
      routines.outputDelta(y, labelsPlace, n, classStride);
      // before W2 moves: hiddenDelta = y W2^T
      routines.dgemm(n, hidden, classes, 1, y, classStride, 8, places.W2, 8, classStride, 0, hiddenDelta, hiddenStride, scratch);
      routines.hiddenDelta(hiddenDelta, z, (n * hiddenStride) / 8, -learningRate);
      // W2 -= learningRate z^T y
      routines.dgemm(hidden, classes, n, -learningRate, z, 8, hiddenStride, y, classStride, 8, 1, places.W2, classStride, scratch);
      routines.addRowSum(y, n, classStride, -learningRate, places.b2);
      routines.addRowSum(hiddenDelta, n, hiddenStride, 1, places.b1);
      samples.updateW1(hiddenDelta);
      return true;
    },
  };
}

/** Batches of n rows that go downhill by the numerical gradient. */
export function numericalBatch(arena: Arena, network: NetworkInArena, x: NDArray, labels: Int32Array, n: number): Batch {
  const samples = denseSamples(arena, network, x, n);
  const batch = placeBatch(arena, network, samples, labels, n);
  const differentiation = placeDifferentiation(arena, network, n, samples.place, batch.labelsPlace);
  const { inputs, hidden, hiddenStride, classStride, places } = network;
  const sizes = { W1: inputs * hiddenStride, b1: hiddenStride, W2: hidden * classStride, b2: classStride };
  return {
    ...batch,
    descend(learningRate) {
      if (!differentiation.run(H)) return false;
      for (const name of ["W1", "b1", "W2", "b2"] as const) {
        arena.routines.axpy(sizes[name] / 8, -learningRate, differentiation.gradient[name], places[name]);
      }
      return true;
    },
  };
}

/** What both kinds share: the selected labels, and the forward pass with its loss. */
function placeBatch(arena: Arena, network: NetworkInArena, samples: Samples, labels: Int32Array, n: number) {
  const { routines } = arena;
  const { pointer, hidden, classes, hiddenStride, classStride } = network;
  const z = arena.allocate(n * hiddenStride), y = arena.allocate(n * classStride), labelsPlace = arena.allocate(4 * n);
  const scratch = arena.allocate(Math.max(routines.dgemmScratch(hidden), routines.dgemmScratch(classes)));
  const predict = () => {
    samples.hiddenInputs(z);
    routines.logits(pointer, n, z, y, scratch);
    routines.softmax(y, n, classes, classStride);
  };
  return {
    z, y, labelsPlace, scratch, predict,
    select(rows: Int32Array) {
      samples.select(rows);
      const selected = arena.ints(labelsPlace, n);
      for (let i = 0; i < n; i++) selected[i] = labels[rows[i]];
    },
    loss() {
      predict();
      return routines.crossEntropy(y, labelsPlace, n, classStride);
    },
  };
}
