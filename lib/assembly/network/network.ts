import { dgemm } from "../blas/dgemm";
import { repeatRow } from "../blas/rows";
import { sigmoid } from "../math/sigmoid";

/**
 * A TwoLayerNet in this memory, laid out as lib/src/fused/network.ts writes it.
 * Rows are padded to whole pairs of doubles: `hiddenStride` and `classStride` are their bytes, multiples of 16.
 */
@unmanaged export class Network {
  inputs: i32;
  hidden: i32;
  classes: i32;
  hiddenStride: usize;
  classStride: usize;
  /** inputs rows of hiddenStride */
  W1: usize;
  b1: usize;
  /** hidden rows of classStride */
  W2: usize;
  b2: usize;
}

/** From z = x W1 + b1, n rows: z becomes its sigmoid, and y = z W2 + b2. */
export function logits(network: Network, n: i32, z: usize, y: usize, scratch: usize): void {
  sigmoid(z, n * <i32>(network.hiddenStride >> 3));
  repeatRow(network.b2, y, n, network.classStride);
  dgemm(n, network.classes, network.hidden, 1, z, network.hiddenStride, 8, network.W2, network.classStride, 8,
    1, y, network.classStride, scratch);
}
