export { dgemm, dgemmScratch } from "./dgemm";
export { addSparseTransposedTimesDense, compress, compressSpace, sparseColumns, sparseTimesDense, tableOffset } from "./sparse";
export { sigmoid } from "./sigmoid";
export { softmax } from "./softmax";
export { countRight, crossEntropy } from "./crossEntropy";
export { addRowSum, axpy, hiddenDelta, outputDelta, repeatRow } from "./deltas";
export { logits } from "./network";
export { evaluateChunk, evaluateChunks, evaluateSpace } from "./evaluate";
export { gradientChunk, gradientChunks, prepareGradient, workspaceBytes } from "./numericalGradient";
export { largestMagnitude } from "./largest";

/** The first byte that routines do not use themselves. */
export function heapBase(): usize {
  return __heap_base;
}
