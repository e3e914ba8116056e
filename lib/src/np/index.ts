import "./brackets";
import "./inspect";
import "./members";

export type {
  ArrayOrLists,
  DType,
  ListedBooleans,
  ListedNumbers,
  NDArray,
  NestedList,
  NotAnElement,
  NumberOrRow,
  Operand,
  TypedValues,
} from "./ndarray";
export { e, inf, nan, pi } from "./constants";
export { array, copy, empty, full, ones, zeros } from "./create";
export { emptyLike, fullLike, onesLike, zerosLike } from "./like";
export { arange, linspace, logspace } from "./ranges";
export { diag, eye, identity, trace } from "./matrices";
export { meshgrid } from "./meshgrid";
export { astype } from "./astype";
export { reshape, shape, transpose } from "./shape";
export { expandDims, flatten, ravel, squeeze } from "./axes";
export { concatenate, hstack, stack, vstack } from "./join";
export { split } from "./split";
export { repeat, tile } from "./repeat";
export { pad } from "./pad";
export { tuple } from "./tuple";
export { newaxis, slice } from "./slice";
export { at, set } from "./at";
export { take } from "./take";
export {
  abs,
  add,
  ceil,
  divide,
  exp,
  floor,
  floorDivide,
  log,
  maximum,
  minimum,
  mod,
  multiply,
  negative,
  power,
  remainder,
  sign,
  sqrt,
  square,
  subtract,
  tanh,
  trunc,
} from "./arithmetic";
export { cos, expm1, log10, log1p, log2, sin } from "./transcendental";
export { clip } from "./clip";
export { equal, greater, greaterEqual, less, lessEqual, notEqual } from "./compare";
export { isfinite, isinf, isnan, logicalAnd, logicalNot, logicalOr, logicalXor } from "./logic";
export { where } from "./where";
export { round } from "./round";
export { allclose, arrayEqual, isclose } from "./allclose";
export { all, any, max, mean, min, prod, sum } from "./reduce";
export { std, variance as var } from "./variance";
export { average } from "./average";
export { median } from "./median";
export { argmax, argmin } from "./argmax";
export { cumprod, cumsum } from "./cumulative";
export { argsort, sort } from "./sort";
export { unique } from "./unique";
export { bincount } from "./bincount";
export { dot } from "./dot";
export { matmul } from "./matmul";
export { outer } from "./outer";
export { convolve } from "./convolve";
export * as linalg from "./linalg";
export { array2string, repr, str } from "./print/text";
export type { ArrayTextOptions, NumberKind, Printable } from "./print/text";
export { getPrintOptions, setPrintOptions } from "./print/options";
export type { PrintOptions } from "./print/options";
