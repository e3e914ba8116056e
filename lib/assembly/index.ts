export {
  batchBytes,
  CODES,
  DELTAS,
  differentiationBytes,
  ENTRY_BYTES,
  evaluationBytes,
  EXACT,
  FAR,
  INDICES,
  LOGITS,
  networkBytes,
  PROBABILITIES,
  recordsBytes,
  RIGHT,
  rowStride,
  SERIES,
  setBatch,
  setDenseRows,
  setDifferentiation,
  setEvaluation,
  setGradient,
  setNetwork,
  setSamples,
  setSparseRows,
  UNDECIDED,
} from "./layouts";
export { dgemm, dgemmScratchBytes } from "./blas/dgemm";
export { axpy, repeatRow } from "./blas/rows";
export { allFinite, mostlyZero, promote, skipZeros, skipZerosScratchBytes } from "./blas/skipZeros";
export { coderBytes, compress, compressSingle, tableOffset } from "./blas/sparse";
export { exp, logistic } from "./fdlibm/exp";
export { log } from "./fdlibm/log";
export { tanh } from "./fdlibm/tanh";
export { crossEntropy } from "./math/crossEntropy";
export { largestMagnitude, smallestMagnitude } from "./math/largest";
export { sigmoid } from "./math/sigmoid";
export { softmax } from "./math/softmax";
export { batchScratchBytes, descendChunk, forwardChunk } from "./network/batch";
export { logits } from "./network/network";
export {
  certaintyInDouble,
  evaluateChunk,
  evaluateChunks,
  evaluationScratchBytes,
  judge,
  prepareEvaluation,
  singleBytes,
} from "./network/evaluate";
export {
  gradientChunk,
  gradientChunks,
  gradientScratchBytes,
  prepareGradient,
  prepareSamples,
} from "./gradient/numericalGradient";

/** The first byte that routines do not use themselves. */
export function heapBase(): usize {
  return __heap_base;
}
