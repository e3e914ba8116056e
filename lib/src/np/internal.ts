// What the other folders of the library import from np in addition to its public functions.
export { shapeText } from "../checks";
export { asArray } from "./asArray";
export { assign, cast } from "./cast";
export { checkShape, copyOf } from "./create";
export { valueAt } from "./members";
export {
  allocate,
  allocateUnfilled,
  BUFFERS,
  checkArray,
  isNDArray,
  isPlain,
  isTypedValues,
  rowMajorStrides,
  sizeOf,
  wrap,
} from "./ndarray";
export type { ArrayOrLists, Buffers, DType, NDArray, NestedList, RowDType, SameKind, TypedValues } from "./ndarray";
export { plainMax, plainSum } from "./plainRuns";
export { logistic } from "./transcendental";
export { positionsOf } from "./walk";
