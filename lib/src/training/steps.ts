import type { NDArray } from "../np";
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

/** From which gradient a step goes downhill. */
export type GradientMethod = "backprop" | "numerical";

export interface Accuracies {
  trainAccuracy: number;
  testAccuracy: number;
}

/**
 * One way of doing the arithmetic of training: the plain form, or one that keeps the parameters elsewhere meanwhile.
 */
export interface Steps {
  /** Updates the parameters by the gradient on these rows of the training set; gives the loss on them after it. */
  step(rows: NDArray<"int32">): number;
  /** The same, in pauses where the step is slow; while there is a promise, network.params is current. */
  stepInTurns(rows: NDArray<"int32">, pauses: Pauses): number | Promise<number>;
  /** The accuracies on the full sets with the parameters of now. */
  evaluate(): Accuracies;
  /** The same, in pauses where it is slow; while there is a promise, network.params is current. */
  evaluateInTurns(pauses: Pauses): Accuracies | Promise<Accuracies>;
  /** Makes network.params current: called before user code can look at them. */
  publish(): void;
  /** Called once, at the end, also after an error; publish comes before it. */
  release(): void;
}
