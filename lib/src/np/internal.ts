// What the other folders of the library import from np in addition to its public functions.
export { shapeText } from "../checks";
export { asArray } from "./asArray";
export { assign, cast } from "./cast";
export { checkShape, copyOf } from "./create";
export { valueAt } from "./members";
export { allocate, BUFFERS, checkArray, isNDArray, isTypedValues, rowMajorStrides, sizeOf, wrap } from "./ndarray";
export type { ArrayOrLists, Buffers, DType, NDArray, NestedList, RowDType, SameKind, TypedValues } from "./ndarray";
export { positionsOf } from "./walk";
