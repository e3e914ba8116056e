// What the library's other folders use of np beside its public functions.
export { shapeText } from "../checks";
export { asArray } from "./asArray";
export { assign, cast } from "./cast";
export { checkShape, copyOf } from "./create";
export { allocate, BUFFERS, checkArray, isNDArray, rowMajorStrides, sizeOf, wrap } from "./ndarray";
export type { DType, NDArray, NestedList } from "./ndarray";
export { positionsOf } from "./walk";
