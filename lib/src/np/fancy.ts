import { shapeText, shortly } from "../checks";
import { asArray } from "./asArray";
import { normalizeIndex } from "./axis";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { cast } from "./cast";
import type { Picked } from "./gather";
import { indicesOfTrue } from "./mask";
import { allocate, isNDArray, isRowMajor, sizeOf, wrap } from "./ndarray";
import type { ArrayOrLists, NDArray } from "./ndarray";
import { expanded, parseSlice } from "./slice";
import type { SliceIndex } from "./slice";

/** An index array: whole numbers that pick elements, or a bool mask over as many axes as it has. */
export type FancyIndex = ArrayOrLists | number | boolean;

/** Everything that can be an index within Python's brackets. */
export type Index = FancyIndex | SliceIndex;

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
    // like NumPy: if nothing is picked, only single indices are checked
    if (starts.length === 0 && index.ndims > 0) continue;
    const positions = broadcast(valid ? (index as NDArray<"int32">) : counted(caller, index, axis, own), shape);
    const step = strides[axis];
    for (let i = 0; i < starts.length; i++) starts[i] += positions[i] * step;
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
    else
      for (const positions of this.indicesOf(index))
        this.arrays.push({ index: positions, axis: this.axis++, valid: true });
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
  private indicesOf(mask: NDArray): NDArray[] {
    const lengths = mask.shape;
    const over = this.shape.slice(this.axis, this.axis + lengths.length);
    if (!lengths.every((length, k) => length === over[k])) {
      const where = this.axis === 0 ? "" : ` from axis ${this.axis} on`;
      throw new RangeError(
        `${this.caller}: a mask of shape ${shapeText(lengths)} over shape ${shapeText(this.shape)}${where}: ` +
          "wanted the lengths of its axes",
      );
    }
    return indicesOfTrue(this.caller, mask);
  }
}

/** Whether an index is a slice, "..." or a new axis. A number beside index arrays counts as an index array itself. */
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

/** The index array for a mask without axes: true picks everything once, false picks nothing. */
function emptyOrOne(mask: NDArray): NDArray {
  const count = mask.data[mask.offset] === 0 ? 0 : 1;
  return wrap("int32", new Int32Array(count), [count]);
}

/** The index array with each index checked and counted from the front. */
function counted(caller: string, index: NDArray, axis: number, shape: readonly number[]): NDArray<"int32"> {
  const { data, offset, length } = index;
  const given = isRowMajor(index) ? data.subarray(offset, offset + length) : cast(caller, index, "float64").data;
  const positions = allocate(caller, "int32", length);
  for (let i = 0; i < length; i++) positions[i] = normalizeIndex(caller, given[i], axis, shape);
  return wrap("int32", positions, index.shape);
}

function broadcast(x: NDArray<"int32">, shape: readonly number[]): Int32Array {
  if (x.length === sizeOf(shape)) return x.data;
  return cast("broadcast", wrap("int32", x.data, shape, broadcastStrides(x, shape)), "int32").data;
}
