import type { NDArray } from "../np";

/** The arrays that a network learns, by name. */
export type Params = Record<string, NDArray<"float64">>;

/**
 * What training asks of a network.
 *
 * x is (N, D), one row for each sample; t is (N, K) one-hot or (N,) labels.
 */
export interface Network {
  /** Replaced in place by training: the arrays stay the same objects. */
  readonly params: Params;
  /**
   * The loss that training makes small, as the mean over the rows.
   * @param x - (N, D), one row for each sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns the mean over the rows
   */
  loss(x: NDArray, t: NDArray): number;
  /**
   * The share of rows whose class is guessed right, from 0 to 1.
   * @param x - (N, D), one row for each sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns from 0 to 1
   */
  accuracy(x: NDArray, t: NDArray): number;
  /**
   * The gradient of the loss at each parameter, by name.
   * @param x - (N, D), one row for each sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns arrays of the shapes of params, by the same names
   */
  gradient(x: NDArray, t: NDArray): Params;
  /**
   * The same by central differences; where a network has none, the loss at plus and minus h is evaluated for it.
   * @param x - (N, D), one row for each sample
   * @param t - (N, K) one-hot or (N,) labels
   * @param h - half the distance between the two losses
   * @returns arrays of the shapes of params, by the same names
   */
  numericalGradient?(x: NDArray, t: NDArray, h?: number): Params;
}
