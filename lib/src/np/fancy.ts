import { shapeText, shortly } from "../checks";
import { asArray } from "./asArray";
import { normalizeIndex } from "./axis";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { cast } from "./cast";
import { copyOf } from "./create";
import { allocate, isNDArray, isRowMajor, rowMajorStrides, sizeOf, wrap } from "./ndarray";
import type { ArrayOrLists, DType, NDArray } from "./ndarray";
import { transpose } from "./shape";
import { expanded, parseSlice } from "./slice";
import type { SliceIndex } from "./slice";
import { positionsOf } from "./walk";

/** An index array: whole numbers that pick elements, or a bool mask over as many axes as it has. */
export type FancyIndex = ArrayOrLists | number | boolean;

/** Everything that can be an index within Python's brackets. */
export type Index = FancyIndex | SliceIndex;

/**
 * The indices in the memory of the elements that index arrays pick: the start of each pick, and the other axes, taken
 * whole or in slices. In the result `lead` of the other axes come before the axes of the picks, as in NumPy.
 */
export interface Picked {
  readonly starts: Int32Array;
  readonly shape: readonly number[];
  readonly restShape: readonly number[];
  readonly restStrides: readonly number[];
  readonly lead: number;
}

/**
 * Resolves `x[i, j, ...]`. Index arrays, masks and numbers are broadcast together; slices, "..." and new axes may stand
 * beside them.
 * @throws RangeError past an axis's end, or for a mask whose shape is not that of the axes it covers
 */
export function pick(caller: string, x: NDArray, indices: readonly Index[]): Picked {
  const own = x.shape,
    strides = x.strides;
  const read = indices.map((index) => (isSlice(index) ? index : asIndex(caller, index)));
  const plan = new Plan(caller, own, strides);
  const dots = read.indexOf("...");
  for (const [k, index] of expanded(caller, own, read, axesOf).entries()) {
    if (k === dots) plan.separate();
    plan.add(index);
  }
  const shape = broadcastShapes(
    caller,
    plan.arrays.map(({ index }) => index.shape),
  );
  const starts = new Int32Array(sizeOf(shape)).fill(x.offset + plan.offset);
  for (const { index, axis, valid } of plan.arrays) {
    if (axis === undefined) continue;
    // like NumPy: if nothing is picked, the only indices checked are single ones and those on an axis of length 0
    if (starts.length === 0 && index.ndims > 0 && own[axis] > 0) continue;
    const places = broadcast(valid ? (index as NDArray<"int32">) : counted(caller, index, axis, own), shape);
    const step = strides[axis];
    for (let i = 0; i < starts.length; i++) starts[i] += places[i] * step;
  }
  return { starts, shape, restShape: plan.restShape, restStrides: plan.restStrides, lead: plan.lead };
}

/** Goes through the indices from the first axis on. */
class Plan {
  /** The index arrays and their axes. A 0-d mask has no axis: it is only broadcast. Places of a mask are valid. */
  readonly arrays: { index: NDArray; axis?: number; valid: boolean }[] = [];
  readonly restShape: number[] = [];
  readonly restStrides: number[] = [];
  /** What slices add to the place of the first element. */
  offset = 0;
  /** How many other axes come before those of the picks: 0 unless all index arrays are side by side. */
  lead = 0;
  private axis = 0;
  private open = false;
  private closed = false;

  constructor(
    private readonly caller: string,
    private readonly shape: readonly number[],
    private readonly strides: readonly number[],
  ) {}

  add(index: NDArray | string | null): void {
    if (isNDArray(index)) this.addArray(index);
    else this.addSlice(index);
  }

  /** Index arrays before and after this place are not side by side. "..." separates them even if it covers no axis. */
  separate(): void {
    if (this.open) this.closed = true;
  }

  private addArray(index: NDArray): void {
    if (this.closed) this.lead = 0;
    else if (!this.open) this.lead = this.restShape.length;
    this.open = true;
    if (index.dtype !== "bool") this.arrays.push({ index, axis: this.axis++, valid: false });
    else if (index.ndims === 0) this.arrays.push({ index: emptyOrOne(index), valid: true });
    else for (const places of this.placesOf(index)) this.arrays.push({ index: places, axis: this.axis++, valid: true });
  }

  private addSlice(index: string | null): void {
    this.separate();
    if (index === null) {
      this.restShape.push(1);
      this.restStrides.push(0);
      return;
    }
    const step = this.strides[this.axis];
    const part = parseSlice(this.caller, index, this.shape[this.axis++]);
    this.restShape.push(part.count);
    this.restStrides.push(part.step * step);
    // an empty part may start past the end, where there is no element
    if (part.count > 0) this.offset += part.start * step;
  }

  /** A mask becomes the places of its true elements, one index array an axis. */
  private placesOf(mask: NDArray): NDArray[] {
    const lengths = mask.shape;
    const over = this.shape.slice(this.axis, this.axis + lengths.length);
    if (!lengths.every((length, k) => length === over[k])) {
      const where = this.axis === 0 ? "" : ` from axis ${this.axis} on`;
      throw new RangeError(
        `${this.caller}: a mask of shape ${shapeText(lengths)} over shape ${shapeText(this.shape)}${where}: ` +
          "wanted the lengths of its axes",
      );
    }
    return placesOfTrue(this.caller, mask);
  }
}

/** The indices of the elements that are not 0, one int32 array an axis, in row-major order. */
export function placesOfTrue(caller: string, mask: NDArray): NDArray<"int32">[] {
  const lengths = mask.shape;
  const flags = cast(caller, mask, "bool").data;
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i];
  const places = lengths.map(() => allocate(caller, "int32", count));
  for (let i = 0, next = 0; next < count; i++) {
    if (flags[i] === 0) continue;
    for (let axis = lengths.length - 1, rest = i; axis >= 0; rest = Math.floor(rest / lengths[axis]), axis--) {
      places[axis][next] = rest % lengths[axis];
    }
    next++;
  }
  return places.map((place) => wrap("int32", place, [count]));
}

/** The picked elements in a fresh array. */
export function gather<T extends DType>(caller: string, x: NDArray<T>, picked: Picked): NDArray<T> {
  const { starts, shape, restShape, restStrides, lead } = picked;
  const rest = sizeOf(restShape);
  const data = allocate(caller, x.dtype, starts.length * rest),
    from = x.data;
  if (restStrides.length > 0 && sameSteps(restStrides, rowMajorStrides(restShape))) {
    starts.forEach((start, i) => data.set(from.subarray(start, start + rest), i * rest));
  } else {
    const places = positionsOf(restShape, restStrides, 0);
    starts.forEach((start, i) =>
      places.forEach((place, j) => {
        data[i * rest + j] = from[start + place];
      }),
    );
  }
  const result = wrap(x.dtype, data, [...shape, ...restShape]);
  if (lead === 0) return result;
  const [own, before, after] = axisGroups(0, shape.length, lead, restShape.length);
  return copyOf(caller, transpose(result, [...before, ...own, ...after]));
}

/** The shape of what is picked. */
export function shapeOf({ shape, restShape, lead }: Picked): number[] {
  return [...restShape.slice(0, lead), ...shape, ...restShape.slice(lead)];
}

/** Writes values of the shape of what is picked over it; where an element is picked twice, the last value stays. */
export function scatter(caller: string, x: NDArray, picked: Picked, values: NDArray): void {
  const { starts, shape, restShape, restStrides, lead } = picked;
  const places = positionsOf(restShape, restStrides, 0),
    to = x.data;
  const [own, before, after] = axisGroups(lead, shape.length, lead, restShape.length);
  const ordered = lead === 0 ? values : transpose(values, [...own, ...before, ...after]);
  const { data } = cast(caller, ordered, x.dtype);
  let next = 0;
  for (const start of starts) for (const place of places) to[start + place] = data[next++];
}

/**
 * The axes of the picks, and those before and after them. In the memory of a gathered array the axes of the picks come
 * first; in its shape `lead` others come before them. `first` is the first axis of the picks.
 */
function axisGroups(first: number, count: number, lead: number, rest: number): [number[], number[], number[]] {
  const range = (from: number, length: number) => Array.from({ length }, (_, i) => from + i);
  return [range(first, count), range(first === 0 ? count : 0, lead), range(count + lead, rest - lead)];
}

function sameSteps(a: readonly number[], b: readonly number[]): boolean {
  return a.every((step, axis) => step === b[axis]);
}

/** Whether an index is one of a slice; a number beside index arrays counts as one of those. */
export function isSlice(index: unknown): index is string | null {
  return typeof index === "string" || index === null;
}

function asIndex(caller: string, index: FancyIndex): NDArray {
  if (index === undefined) throw new TypeError(`${caller}: index ${shortly(index)}: wanted ${WANTED}`);
  const array = asArray(caller, index, "index");
  return array.length === 0 && !isNDArray(index) ? wrap("int32", allocate(caller, "int32", 0), array.shape) : array;
}

const WANTED = 'a whole number, an index array, a mask, "start:stop:step", "..." or np.newaxis';

function axesOf(index: NDArray | string | null): number {
  if (isNDArray(index)) return index.dtype === "bool" ? index.ndims : 1;
  return index === null ? 0 : 1;
}

/** True picks all there is once, false nothing. */
function emptyOrOne(mask: NDArray): NDArray {
  const count = mask.data[mask.offset] === 0 ? 0 : 1;
  return wrap("int32", new Int32Array(count), [count]);
}

/** The index array with each index checked and counted from the front. */
function counted(caller: string, index: NDArray, axis: number, shape: readonly number[]): NDArray<"int32"> {
  const { data, offset, length } = index;
  const given = isRowMajor(index) ? data.subarray(offset, offset + length) : cast(caller, index, "float64").data;
  const places = allocate(caller, "int32", length);
  for (let i = 0; i < length; i++) places[i] = normalizeIndex(caller, given[i], axis, shape);
  return wrap("int32", places, index.shape);
}

function broadcast(x: NDArray<"int32">, shape: readonly number[]): Int32Array {
  if (x.length === sizeOf(shape)) return x.data;
  return cast("broadcast", wrap("int32", x.data, shape, broadcastStrides(x, shape)), "int32").data;
}
