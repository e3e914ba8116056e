import { checkOptions, checkWhole, got, shapeText } from "../checks";
import { asArray } from "./asArray";
import { assign } from "./cast";
import { filled } from "./create";
import { wrap } from "./ndarray";
import type { ArrayOrLists, DType, NDArray, Operand } from "./ndarray";
import { view } from "./slice";
import { take } from "./take";

/**
 * What the border holds: a constant, the edge, the elements mirrored (with or without the edge), or the elements
 * repeated.
 */
export type PadMode = "constant" | "edge" | "reflect" | "symmetric" | "wrap";

/**
 * An array with a border, as `np.pad`.
 * @param x - an array, nested lists or a single value
 * @param width - how wide the border is: a number, [before, after], or such a pair for each axis
 * @param mode - "constant", the default; "edge": the outermost element; "reflect": mirrored at it; "symmetric":
 *   mirrored with it; "wrap": the array once more
 * @param options - `constantValues`: what a border of mode "constant" is made of, 0 by default; also in pairs
 * @returns an array of its own, of the dtype of `x`
 * @remarks No other modes of NumPy.
 * @throws RangeError for a width below 0 or no pairs, TypeError for another mode
 * @example np.pad([1, 2], 1); // array([0., 1., 2., 0.])
 * @example np.pad([[1, 2]], [[0, 1], [0, 0]], "edge"); // array([[1., 2.], [1., 2.]])
 */
export function pad<T extends DType>(
  x: NDArray<T>,
  width: number | ArrayOrLists,
  mode?: PadMode,
  options?: { constantValues?: Operand },
): NDArray<T>;
export function pad(
  x: Operand,
  width: number | ArrayOrLists,
  mode?: PadMode,
  options?: { constantValues?: Operand },
): NDArray;
export function pad(
  x: Operand,
  width: number | ArrayOrLists,
  mode: PadMode = "constant",
  options: { constantValues?: Operand } = {},
): NDArray {
  checkOptions("pad", options, ["constantValues"]);
  const array = asArray("pad", x);
  const widths = pairs(array, asArray("pad", width, "width"));
  for (const side of widths.flat()) checkWhole("pad", "width", side, 0);
  if (mode === "constant") return withConstant(array, widths, pairs(array, options.constantValues ?? 0));
  if (!(typeof mode === "string" && Object.hasOwn(PLACES, mode)))
    throw new TypeError(`${got("pad", "mode", mode)}: wanted one of constant, ${Object.keys(PLACES).join(", ")}`);
  return widths.reduce<NDArray>((part, sides, axis) => extended(part, axis, sides, PLACES[mode]), array);
}

/** What was given for all sides, all axes or each of them, as a pair for each axis. */
function pairs(x: NDArray, given: Operand): [before: number, after: number][] {
  const { data } = filled("pad", [x.ndims, 2], given, "float64");
  return x.shape.map((_, axis) => [data[2 * axis], data[2 * axis + 1]]);
}

/** Fills the border one axis after the other, so that the corners get the values of the last axis. */
function withConstant(x: NDArray, widths: [number, number][], values: [number, number][]): NDArray {
  const result = filled(
    "pad",
    x.shape.map((length, axis) => length + widths[axis][0] + widths[axis][1]),
    0,
    x.dtype,
  );
  const inner = widths.map(([before], axis) => `${before}:${before + x.shape[axis]}`);
  assign("pad", view("pad", result, inner), x.strides, x);
  for (let axis = 0; axis < x.ndims; axis++) {
    const end = widths[axis][0] + x.shape[axis];
    const part = (text: string) =>
      view("pad", result, [...inner.slice(0, axis).map(() => ":"), text, ...inner.slice(axis + 1)]);
    write(part(`:${widths[axis][0]}`), values[axis][0]);
    write(part(`${end}:`), values[axis][1]);
  }
  return result;
}

function write(part: NDArray, value: number): void {
  assign(
    "pad",
    part,
    part.shape.map(() => 0),
    wrap("float64", Float64Array.of(value), []),
  );
}

type Place = (i: number, length: number) => number;

/** The index of the element for place i, counted from the first element of the array itself. */
const PLACES: Record<Exclude<PadMode, "constant">, Place> = {
  edge: (i, length) => Math.min(Math.max(i, 0), length - 1),
  reflect: (i, length) => (length === 1 ? 0 : length - 1 - Math.abs(length - 1 - cyclic(i, 2 * length - 2))),
  symmetric: (i, length) => Math.min(cyclic(i, 2 * length), 2 * length - 1 - cyclic(i, 2 * length)),
  wrap: (i, length) => cyclic(i, length),
};

function cyclic(i: number, period: number): number {
  return ((i % period) + period) % period;
}

function extended(x: NDArray, axis: number, [before, after]: [number, number], position: Place): NDArray {
  const length = x.shape[axis];
  if (length === 0 && before + after > 0)
    throw new RangeError(`pad: axis ${axis} of shape ${shapeText(x.shape)}: wanted elements to take the border from`);
  const positions = filled("pad", before + length + after, 0, "int32");
  for (let i = 0; i < positions.length; i++) positions.data[i] = position(i - before, length);
  return take(x, positions, { axis });
}
