import { H } from "../differentiation";
import type { NDArray } from "../np";
import type { Slices } from "../platform";
import type { Arena } from "../wasm";
import { allocateBatch, type Batch } from "./batch";
import type { NetworkInArena } from "./network";
import { allocateDifferentiation } from "./numericalGradient";
import { PARAM_NAMES } from "./params";
import { denseSamples, type Samples } from "./samples";

/** Gradient descent on batches of the training set, in the arena. */
export interface Descent {
  /** Whether a step takes so long that it should be done in slices, with pauses between them. */
  readonly long: boolean;
  /**
   * Selects the rows and computes the gradient of the loss on them; the result is false if this way cannot compute it.
   */
  differentiate(rows: Int32Array, learningRate: number): Slices<boolean>;
  /** params -= learningRate * gradient, where params are those that are now in the arena. */
  move(learningRate: number): Slices<void>;
  /** The loss on the selected rows, with the params that are now in the arena. */
  loss(): Slices<number>;
}

/**
 * If the forward pass has more multiplications than this, a step counts as long and is done in slices. A step of this
 * size takes about 40 ms, and the event loop gets its turn every 30 ms anyway. Slices would cost two copies of the
 * parameters in each step.
 */
const LONG = 50_000_000;

/** Gradient descent by backpropagation, on batches of n rows. */
export function backpropagationDescent(
  arena: Arena,
  network: NetworkInArena,
  samples: Samples,
  labels: Int32Array,
  n: number,
): Descent {
  const batch = allocateBatch(arena, network, samples);
  const { select, ...common } = labelled(arena, network, samples, batch, labels, n);
  return {
    ...common,
    *differentiate(rows, learningRate) {
      yield* select(rows);
      yield* batch.forward(n, arena.routines.DELTAS, learningRate);
      return true;
    },
    move: (learningRate) => batch.descend(n, learningRate),
  };
}

/** Gradient descent by the numerical gradient, on batches of n rows of x; `largest` is the largest magnitude in x. */
export function numericalDescent(
  arena: Arena,
  network: NetworkInArena,
  x: NDArray,
  largest: number,
  labels: Int32Array,
  n: number,
): Descent {
  const samples = denseSamples(arena, network, x, n, () => largest);
  const batch = allocateBatch(arena, network, samples);
  const differentiation = allocateDifferentiation(arena, network, n, samples.selected, batch.labels);
  const { inputs, hidden, hiddenStride, classStride, pointers } = network;
  const sizes = { W1: inputs * hiddenStride, b1: hiddenStride, W2: hidden * classStride, b2: classStride };
  const { select, ...common } = labelled(arena, network, samples, batch, labels, n);
  return {
    ...common,
    *differentiate(rows) {
      yield* select(rows);
      return yield* differentiation.run(H);
    },
    *move(learningRate) {
      for (const name of PARAM_NAMES) {
        arena.routines.axpy(sizes[name] / 8, -learningRate, differentiation.gradient[name], pointers[name]);
      }
    },
  };
}

/** The part that both kinds of descent share: selecting rows with their labels, and computing the loss. */
function labelled(
  arena: Arena,
  { hidden, classStride }: NetworkInArena,
  samples: Samples,
  batch: Batch,
  labels: Int32Array,
  n: number,
) {
  return {
    long: n * samples.rowLength * hidden > LONG,
    select(rows: Int32Array): Slices<void> {
      const selected = arena.ints(batch.labels, n);
      for (let i = 0; i < n; i++) selected[i] = labels[rows[i]];
      return samples.select(rows);
    },
    *loss(): Slices<number> {
      yield* batch.forward(n, arena.routines.PROBABILITIES);
      return arena.routines.crossEntropy(batch.y, batch.labels, n, classStride);
    },
  };
}
