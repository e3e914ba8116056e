import type { ArrayOrLists, NDArray } from "../np";
import type { Pauses } from "../platform";

/** The data of a training run: x is (N, D), t is (N, K) one-hot or (N,) labels. */
export interface TrainingData {
  /** Training samples, (N, D). */
  xTrain: NDArray;
  /** Their labels, (N, K) one-hot or (N,). */
  tTrain: NDArray;
  /** Test samples, (M, D). */
  xTest: NDArray;
  /** Their labels. */
  tTest: NDArray;
}

/** The same as it may be given: arrays, or nested lists that stand for them. */
export type GivenData = { readonly [Name in keyof TrainingData]: ArrayOrLists };

/** How a step computes the gradient. */
export type GradientMethod = "backprop" | "numerical";

export interface Accuracies {
  trainAccuracy: number;
  testAccuracy: number;
}

/**
 * One way to do the computations of training: the plain form, or a form that keeps the parameters in other memory.
 */
export interface Steps {
  /** Updates the parameters by the gradient on these rows of the training set; returns the loss on them afterwards. */
  step(rows: NDArray<"int32">): number;
  /**
   * The same, with pauses if the step is slow. It then returns a promise; during its pauses network.params is current.
   */
  stepInTurns(rows: NDArray<"int32">, pauses: Pauses): number | Promise<number>;
  /** The accuracies on the full sets with the current parameters. */
  evaluate(): Accuracies;
  /** The same, with pauses if it is slow. It then returns a promise; during its pauses network.params is current. */
  evaluateInTurns(pauses: Pauses): Accuracies | Promise<Accuracies>;
  /** Makes network.params current: called before user code can look at them. */
  publish(): void;
  /** Called once, at the end, also after an error; publish comes before it. */
  release(): void;
}
