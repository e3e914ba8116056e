import { checkOptions, checkSwitch, shapeText } from "../checks";
import { asArray } from "./asArray";
import { checkSome, normalizeAxis } from "./axis";
import { cast } from "./cast";
import { gatherRuns } from "./gatherRuns";
import type { ReduceRun } from "./gatherRuns";
import { allocate, isPlain, isRowMajor, rowMajorStrides, shapeOf, sizeOf, stridesOf, wrap } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";
import { checkOutKind, deliver } from "./out";
import type { PlainRuns } from "./plainRuns";
import { BLOCK, Reader } from "./reader";
import type { AxisOptions } from "./signatures";
import { walk } from "./walk";

export type Kept = "float64" | "int32" | "bool";

/** How a reduction works: its start value, its loop over a run of elements, and the result's dtype. */
export interface ReductionKind {
  /** If it is infinite, the reduction needs at least one element. */
  readonly start: number;
  readonly run: ReduceRun;
  /** The same for float64 in row-major order, where there is a quicker way. */
  readonly plain?: PlainRuns;
  readonly dtype: (dtype: DType) => Kept;
  /** Whether NumPy goes through a buffer, on which the order of a sum depends. */
  readonly buffered?: boolean;
}

/** Makes the public function of a reduction: without options a number, or a boolean where the result is bool. */
export function reduction(caller: string, kind: ReductionKind) {
  return (operand: Operand, options?: AxisOptions): number | boolean | NDArray => {
    if (options === undefined && kind.plain !== undefined && isPlain(operand) && operand.length > 0)
      return kind.plain.fold(operand.length, operand.data, operand.offset);
    const x = asArray(caller, operand);
    const values = reduceAlong(caller, kind, x, x.ndims === 0 ? withoutAxis(options) : options);
    const dtype = kind.dtype(x.dtype);
    if (options === undefined)
      return dtype === "bool" ? values.data[0] !== 0 : dtype === "int32" ? values.data[0] + 0 : values.data[0];
    return deliver(caller, dtype === "float64" ? values : cast(caller, values, dtype), options.out, [x]);
  };
}

/** Like NumPy: axis 0 or -1 of a 0-d array is allowed and changes nothing. */
function withoutAxis(options: AxisOptions | undefined): AxisOptions | undefined {
  return options?.axis === 0 || options?.axis === -1 ? { ...options, axis: undefined } : options;
}

/** The values of a reduction in float64, in an array of the shape that the options ask for. */
export function reduceAlong(
  caller: string,
  { start, run, plain, buffered = false }: ReductionKind,
  x: NDArray,
  options: AxisOptions | undefined,
): NDArray<"float64"> {
  const { axes, shape, kept } = planAxes(caller, shapeOf(x), options);
  const data = allocate(caller, "float64", sizeOf(shape));
  if (plain !== undefined && x.length > 0 && x.dtype.startsWith("float") && areNeighbours(axes) && isRowMajor(x)) {
    const parts = splitAt(axes, shapeOf(x)),
      from = new Reader(x, 1, block);
    if (shortest(parts) <= from.most) return wrap("float64", reducePlainly(from, parts, data, plain, start), shape);
  }
  data.fill(start);
  // the part that is kept may be empty; the part that is reduced may not
  if (!Number.isFinite(start) && x.length === 0) checkSome(caller, sizeOf(axes.map((axis) => x.shape[axis])), x);
  reduce(x, axes, data, kept, run, buffered);
  return wrap("float64", data, shape);
}

/** Whether the axes follow each other, in ascending order and without another one between them. */
function areNeighbours(axes: readonly number[]): boolean {
  for (let i = 1; i < axes.length; i++) if (axes[i] !== axes[0] + i) return false;
  return axes.length > 0;
}

/**
 * For reduced axes that follow each other: `count` is the product of their lengths, `width` the product of the lengths
 * of the axes after them. So `count` rows of `width` elements are reduced to one row.
 */
interface Parts {
  readonly count: number;
  readonly width: number;
}

function splitAt(axes: readonly number[], shape: readonly number[]): Parts {
  let count = 1,
    width = 1;
  for (const axis of axes) count *= shape[axis];
  for (let axis = axes[axes.length - 1] + 1; axis < shape.length; axis++) width *= shape[axis];
  return { count, width };
}

/** The elements that must be read at once: all that one value is made of, or else one row. */
function shortest({ count, width }: Parts): number {
  return width === 1 ? count : width;
}

const block = new Float64Array(BLOCK);

/** Reduces as many rows at once as `from` can give. */
function reducePlainly(
  from: Reader,
  { count, width }: Parts,
  values: Float64Array,
  plain: PlainRuns,
  start: number,
): Float64Array {
  if (width > 1) values.fill(start);
  const most = Math.min(count, Math.floor(from.most / width));
  for (let r = 0, p = 0; r < values.length; r += width, p += count * width) {
    if (width === 1) values[r] = plain.fold(count, from.data, from.read(p, count));
    else
      for (let row = 0; row < count; row += most) {
        const rows = Math.min(most, count - row);
        plain.rows(rows, width, from.data, from.read(p + row * width, rows * width), values, r);
      }
  }
  return values;
}

const NAMES = ["axis", "keepdims", "out"];

/** The reduced axes, the result's shape, and the same with a length of 1 for each reduced axis. */
export function planAxes(
  caller: string,
  shape: readonly number[],
  options: AxisOptions | undefined,
  names: readonly string[] = NAMES,
) {
  if (options !== undefined) {
    checkOptions(caller, options, names);
    checkSwitch(caller, "keepdims", options.keepdims);
    checkOutKind(caller, options.out);
  }
  const axes = readAxes(caller, options?.axis, shape);
  const kept: number[] = [],
    left: number[] = [];
  for (let k = 0; k < shape.length; k++) {
    const reduced = axes.includes(k);
    kept.push(reduced ? 1 : shape[k]);
    if (!reduced) left.push(shape[k]);
  }
  return { axes, kept, shape: options?.keepdims === true ? kept : left };
}

/** The axes that an option names, counted from the front; all of them where it names none. */
export function readAxes(
  caller: string,
  given: number | readonly number[] | undefined,
  shape: readonly number[],
): number[] {
  if (given === undefined) return shape.map((_, k) => k);
  if (typeof given === "number") return [normalizeAxis(caller, given, shape)];
  const axes = [given].flat().map((axis) => normalizeAxis(caller, axis as number, shape));
  if (new Set(axes).size < axes.length) {
    throw new RangeError(
      `${caller}: axes ${shapeText([given].flat() as number[])} of shape ${shapeText(shape)}: wanted each axis once`,
    );
  }
  return axes;
}

/** Runs in NumPy's order, which is that of memory: the axis with the smallest step is the innermost loop. */
function reduce(
  x: NDArray,
  axes: readonly number[],
  data: Float64Array,
  kept: readonly number[],
  run: ReduceRun,
  buffered: boolean,
): void {
  const strides = stridesOf(x),
    shape = shapeOf(x);
  const steps = rowMajorStrides(kept).map((step, k) => (axes.includes(k) ? 0 : step));
  const order = shape.map((_, k) => k).sort((a, b) => Math.abs(strides[b]) - Math.abs(strides[a]) || a - b);
  const sorted = (values: readonly number[]) => order.map((k) => values[k]);
  const gathering = buffered && axes.length === shape.length ? gatherRuns(run, x.length) : undefined;
  const visit = gathering?.visit ?? run;
  walk(sorted(shape), [sorted(strides), sorted(steps)], [x.offset, 0], (count, at, step) =>
    visit(count, x.data, at[0], step[0], data, at[1], step[1]),
  );
  gathering?.finish(data);
}
