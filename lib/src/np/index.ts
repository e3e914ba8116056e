import "./inspect";

export type { DType, NDArray, NestedList, Operand } from "./ndarray";
export { array, zeros, ones, full, zerosLike, onesLike, copy } from "./create";
export { arange, linspace } from "./ranges";
export { concatenate, reshape, shape, transpose } from "./shape";
export { tuple } from "./tuple";
export { slice } from "./slice";
export { at, set } from "./at";
export { take } from "./take";
export {
  abs,
  add,
  divide,
  exp,
  log,
  maximum,
  minimum,
  multiply,
  negative,
  sqrt,
  square,
  subtract,
  tanh,
} from "./arithmetic";
export { equal, greater, less, notEqual } from "./compare";
export { where } from "./where";
export { round } from "./round";
export { allclose } from "./allclose";
export { max, mean, min, sum } from "./reduce";
export { argmax, argmin } from "./argmax";
export { dot } from "./dot";
export { outer } from "./outer";
export { array2string, repr, str } from "./print/text";
export type { ArrayTextOptions, NumberKind, Printable } from "./print/text";
export { getPrintOptions, setPrintOptions } from "./print/options";
export type { PrintOptions } from "./print/options";
