import { BUFFERS, isNDArray, type NDArray } from "../np/internal";
import { PARAM_NAMES, type FusedParams } from "./params";

/** Numbers up to which no sum or product of a network's leaves float64: past it the plain form has to serve. */
export const LARGE = 1e100;

/**
 * Whether the fused form may work with these params: float64 arrays of the shapes (D,H), (H,), (H,K) and (K,), each
 * with memory of its own, which none of `others` shares. Whatever else the plain form takes, or refuses, is left to it.
 */
export function fitsFusedForm(params: FusedParams, others: readonly NDArray[] = []): boolean {
  const names = Object.keys(params);
  if (names.length !== PARAM_NAMES.length || !PARAM_NAMES.every((name) => names.includes(name))) return false;
  const arrays = PARAM_NAMES.map((name) => params[name]);
  if (!arrays.every((array) => isReadable(array) && array.dtype === "float64" && hasPlaceForEach(array))) return false;
  const { W1, b1, W2, b2 } = params;
  if (W1.ndims !== 2 || b1.ndims !== 1 || W2.ndims !== 2 || b2.ndims !== 1) return false;
  if (W1.shape[1] !== b1.shape[0] || b1.shape[0] !== W2.shape[0] || W2.shape[1] !== b2.shape[0]) return false;
  const all = [...arrays, ...others];
  return arrays.every((array, i) => array.length > 0 && all.every((other, j) => i === j || !overlap(array, other)));
}

/** Whether x is an array of a dtype that this library computes with, all of whose elements are there. */
export function isReadable(x: unknown): x is NDArray {
  if (!isNDArray(x) || !(x.dtype in BUFFERS) || !(x.data instanceof BUFFERS[x.dtype])) return false;
  const [first, last] = reach(x);
  return first >= 0 && last < x.data.length;
}

/** The places of the first and the last element in x.data, in the order of memory. */
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

/**
 * Whether no two elements stand in one place: from axis to axis each step leads past all that the smaller steps reach.
 */
function hasPlaceForEach({ shape, strides }: NDArray): boolean {
  const axes = shape.map((size, axis) => ({ size, step: Math.abs(strides[axis]) })).filter(({ size }) => size > 1);
  let reached = 0;
  for (const { size, step } of axes.sort((a, b) => a.step - b.step)) {
    if (step <= reached) return false;
    reached += (size - 1) * step;
  }
  return true;
}

/** Whether two arrays reach over common memory; views between each other's elements count too. */
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
