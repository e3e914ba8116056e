import { BUFFERS, isNDArray, type NDArray } from "../np/internal";
import { PARAM_NAMES, type FusedParams } from "./params";

/**
 * If all numbers of a network are at most this, none of its sums or products overflows; else the plain form is used.
 */
export const LARGE = 1e100;

/**
 * The routines' exponential is never 0: it gives e^-708 for all that is less. If a result is at most this, the plain
 * form is used, whose exponential is exact there too.
 */
export const SMALL = 1e-290;

/** The fewest rows for which the fused form of a method is faster: it copies and checks all params first. */
export const FEWEST_ROWS = { gradient: 30, predictions: 128 } as const;
/** The same for the multiplications of the first layer. */
const FEWEST_MULTIPLICATIONS = 50_000;

/** Whether the fused form is faster than the plain form for these inputs. Params may be whatever a user assigned. */
export function isWorthTheWay(params: Partial<FusedParams> | undefined, x: NDArray, fewestRows: number): boolean {
  const weights = params?.W1?.length ?? 0;
  return x.ndims === 2 && x.shape[0] >= fewestRows && x.shape[0] * weights >= FEWEST_MULTIPLICATIONS;
}

/**
 * Whether the fused form can be used with these params. They must be float64 arrays of the shapes (D,H), (H,), (H,K)
 * and (K,) that share no memory with each other or with `others`. All other params are left to the plain form, which
 * accepts or refuses them.
 */
export function fitsFusedForm(params: FusedParams, others: readonly NDArray[] = []): boolean {
  if (typeof params !== "object" || params === null) return false;
  const names = Object.keys(params);
  if (names.length !== PARAM_NAMES.length || !PARAM_NAMES.every((name) => names.includes(name))) return false;
  const arrays = PARAM_NAMES.map((name) => params[name]);
  if (!arrays.every((array) => isReadable(array) && array.dtype === "float64" && hasDistinctElements(array)))
    return false;
  const { W1, b1, W2, b2 } = params;
  if (W1.ndims !== 2 || b1.ndims !== 1 || W2.ndims !== 2 || b2.ndims !== 1) return false;
  if (W1.shape[1] !== b1.shape[0] || b1.shape[0] !== W2.shape[0] || W2.shape[1] !== b2.shape[0]) return false;
  const all = [...arrays, ...others];
  return arrays.every((array, i) => array.length > 0 && all.every((other, j) => i === j || !overlap(array, other)));
}

/** Whether x is an array of a dtype of this library, and all of its elements are inside of x.data. */
export function isReadable(x: unknown): x is NDArray {
  if (!isNDArray(x) || !(x.dtype in BUFFERS) || !(x.data instanceof BUFFERS[x.dtype])) return false;
  const [first, last] = reach(x);
  return first >= 0 && last < x.data.length;
}

/** The smallest and the largest index in x.data at which an element is. */
function reach({ shape, strides, offset, length }: NDArray): [number, number] {
  if (length === 0) return [0, -1];
  let first = offset,
    last = offset;
  for (let axis = 0; axis < shape.length; axis++) {
    const far = (shape[axis] - 1) * strides[axis];
    if (far < 0) first += far;
    else last += far;
  }
  return [first, last];
}

/** Whether no two elements have the same index in data: each stride must be larger than all smaller ones can reach. */
function hasDistinctElements({ shape, strides }: NDArray): boolean {
  const axes = shape.map((size, axis) => ({ size, step: Math.abs(strides[axis]) })).filter(({ size }) => size > 1);
  let reached = 0;
  for (const { size, step } of axes.sort((a, b) => a.step - b.step)) {
    if (step <= reached) return false;
    reached += (size - 1) * step;
  }
  return true;
}

/** Whether the memory ranges of two arrays overlap. Views of alternating elements of one array count as overlapping. */
function overlap(a: NDArray, b: NDArray): boolean {
  if (a.data.buffer !== b.data.buffer || a.length === 0 || b.length === 0) return false;
  const [[firstA, endA], [firstB, endB]] = [a, b].map(bytes);
  return firstA < endB && firstB < endA;
}

function bytes(x: NDArray): [number, number] {
  const [first, last] = reach(x);
  const { byteOffset, BYTES_PER_ELEMENT: size } = x.data;
  return [byteOffset + first * size, byteOffset + (last + 1) * size];
}
