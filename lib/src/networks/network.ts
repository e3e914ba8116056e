import type { NDArray } from "../np";

/** The arrays that a network learns, by name. */
export type Params = Record<string, NDArray<"float64">>;

/**
 * The properties and methods that a network must have to be trained.
 *
 * x is (N, D), one row for each sample; t is (N, K) one-hot or (N,) labels.
 */
export interface Network {
  /** The arrays to be trained. Training changes their elements in place: the arrays stay the same objects. */
  readonly params: Params;
  /**
   * The loss that training minimizes, as the mean over the rows.
   * @param x - (N, D), one row for each sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns the mean over the rows
   */
  loss(x: NDArray, t: NDArray): number;
  /**
   * The share of rows whose class is predicted right, from 0 to 1.
   * @param x - (N, D), one row for each sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns from 0 to 1
   */
  accuracy(x: NDArray, t: NDArray): number;
  /**
   * The gradient of the loss with respect to each parameter, by name.
   * @param x - (N, D), one row for each sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns arrays with the names and shapes of params
   */
  gradient(x: NDArray, t: NDArray): Params;
  /**
   * The same by central differences. It is optional: for a network without it, the library computes the central
   * differences from the network's loss.
   * @param x - (N, D), one row for each sample
   * @param t - (N, K) one-hot or (N,) labels
   * @param h - half the distance between the two losses
   * @returns arrays with the names and shapes of params
   */
  numericalGradient?(x: NDArray, t: NDArray, h?: number): Params;
}
