import { dgemm } from "../blas/dgemm";
import { repeatRow } from "../blas/rows";
import { Network } from "../layouts";
import { sigmoid } from "../math/sigmoid";

/** For n rows of z = x W1 + b1: replaces z by its sigmoid, then computes y = z W2 + b2. */
export function logits(network: Network, n: i32, z: usize, y: usize, scratch: usize): void {
  sigmoid(z, n * <i32>(network.hiddenStride >> 3));
  repeatRow(network.b2, y, n, network.classStride);
  dgemm(n, network.classes, network.hidden, 1, z, network.hiddenStride, 8, network.W2, network.classStride, 8,
    1, y, network.classStride, scratch);
}
