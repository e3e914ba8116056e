export { dgemm, dgemmScratch } from "./dgemm";
export { compress, compressSpace, tableOffset } from "./sparse";
export { sigmoid } from "./sigmoid";
export { softmax } from "./softmax";
export { crossEntropy } from "./crossEntropy";
export { axpy, repeatRow } from "./deltas";
export { batchScratch, descendChunk, forwardChunk } from "./batch";
export { certaintyInDouble, evaluateChunk, evaluateChunks, evaluateSpace, judge, prepareEvaluation, singleBytes } from "./evaluate";
export { gradientChunk, gradientChunks, prepareGradient, workspaceBytes } from "./numericalGradient";
export { largestMagnitude } from "./largest";

/** The first byte that routines do not use themselves. */
export function heapBase(): usize {
  return __heap_base;
}
