// What the library's other folders use of np beside its public functions.
export { shapeText } from "../checks";
export { asArray } from "./asArray";
export { assign, cast } from "./cast";
export { checkShape, copyOf } from "./create";
export { valueAt } from "./members";
export { allocate, BUFFERS, checkArray, isNDArray, isTypedValues, rowMajorStrides, sizeOf, wrap } from "./ndarray";
export type { ArrayOrLists, DType, NDArray, NestedList, TypedValues } from "./ndarray";
export { positionsOf } from "./walk";
