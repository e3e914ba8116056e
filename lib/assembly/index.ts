export { dgemm, dgemmScratch } from "./blas/dgemm";
export { compress, compressSpace, tableOffset } from "./blas/sparse";
export { sigmoid } from "./math/sigmoid";
export { softmax } from "./math/softmax";
export { crossEntropy } from "./math/crossEntropy";
export { axpy, repeatRow } from "./blas/rows";
export { batchScratch, descendChunk, forwardChunk } from "./network/batch";
export { certaintyInDouble, evaluateChunk, evaluateChunks, evaluateSpace, judge, prepareEvaluation, singleBytes } from "./network/evaluate";
export { gradientChunk, gradientChunks, prepareGradient, workspaceBytes } from "./gradient/numericalGradient";
export { largestMagnitude } from "./math/largest";

/** The first byte that routines do not use themselves. */
export function heapBase(): usize {
  return __heap_base;
}
