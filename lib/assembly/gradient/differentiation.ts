import { Network } from "../network/network";

/**
 * What one differentiation works on, laid out as lib/src/fused/numericalGradient.ts writes it.
 */
@unmanaged export class Differentiation {
  network: Network;
  /** Rows of x. */
  samples: i32;
  /** (samples, inputs), rows without padding. */
  x: usize;
  labels: usize;
  /** (samples, hiddenStride): x W1 + b1 at first, then the hidden units. */
  z: usize;
  /** (samples, classStride): the probabilities p. */
  y: usize;
  /** (classes, hiddenStride): W2 transposed, so that two units stand side by side. */
  W2T: usize;
  /** Two doubles for each sample: the parts of the probability and of the offset in p[label] + 1e-7. */
  parts: usize;
  /** For each pair of units and each sample RECORD_BYTES: see lossSeries. */
  records: usize;
  /** The results, of the network's layout. */
  W1: usize;
  b1: usize;
  W2: usize;
  b2: usize;
  /** workspaceBytes(samples) for each thread. */
  workspace: usize;
  scratch: usize;
}
