import { got, shapeText } from "../checks";
import type { Transpose } from "../blas";
import { copyOf } from "./create";
import { isNDArray } from "./ndarray";
import type { NDArray } from "./ndarray";
import { sameShape } from "./out";

/** A float64 array: the only kind that BLAS's routines of double precision take, (n,) or (m,n), views too. */
export type Doubles = NDArray<"float64">;

/** The length of a vector, checked. */
export function vector(caller: string, name: string, x: Doubles): number {
  return shapeOf(caller, name, x, 1)[0];
}

/** The shape of a matrix, checked. */
export function matrix(caller: string, name: string, x: Doubles): readonly number[] {
  return shapeOf(caller, name, x, 2);
}

function shapeOf(caller: string, name: string, x: Doubles, axes: 1 | 2): readonly number[] {
  checkDoubles(caller, name, x);
  if (x.ndims === axes) return x.shape;
  throw new RangeError(
    `${caller}: ${name} of shape ${shapeText(x.shape)}: wanted ${axes === 1 ? "one axis" : "two axes"}`,
  );
}

function checkDoubles(caller: string, name: string, x: Doubles): void {
  if (!isNDArray(x) || x.dtype !== "float64")
    throw new TypeError(`${got(caller, name, x)}: wanted a float64 array, as np.array makes`);
}

/** @throws TypeError for an operand that is not a float64 array; RangeError unless both have the same shape */
export function checkSameShape(caller: string, x: Doubles, y: Doubles): void {
  checkDoubles(caller, "x", x);
  checkDoubles(caller, "y", y);
  if (!sameShape(x.shape, y.shape))
    throw new RangeError(`${caller}: ${shapeText(x.shape)} and ${shapeText(y.shape)}: wanted equal shapes`);
}

/** The length of two vectors, checked. */
export function pair(caller: string, x: Doubles, y: Doubles): number {
  const n = vector(caller, "x", x),
    other = vector(caller, "y", y);
  if (n === other) return n;
  throw new RangeError(`${caller}: ${shapeText(x.shape)} and ${shapeText(y.shape)}: wanted vectors of one length`);
}

/** @throws TypeError unless the value says how a matrix is read */
export function checkForm(caller: string, name: string, value: unknown): void {
  if (value === "no-transpose" || value === "transpose") return;
  throw new TypeError(`${got(caller, name, value)}: wanted "no-transpose" or "transpose"`);
}

/** The shape of a matrix or of its transpose. */
export function turned(form: Transpose, [rows, columns]: readonly number[]): readonly number[] {
  return form === "transpose" ? [columns, rows] : [rows, columns];
}

/** A vector's stride; that of a single element may be 0, which @stdlib's routines refuse. */
export function step(x: Doubles): number {
  return x.length === 1 ? 1 : x.strides[0];
}

/**
 * The operand, or a copy of it if it shares memory with the one that is written: BLAS does not define the result in
 * that case.
 */
export function apart(caller: string, x: Doubles, written: Doubles): Doubles {
  return x.data.buffer === written.data.buffer ? copyOf(caller, x) : x;
}
