import { shortly } from "../checks";
import { cast } from "./cast";
import { promoteAll } from "./dtypes";
import { allocate, isNDArray, shapeText, wrap } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";

/**
 * The array that an operand stands for: arrays as they are, everything else in a fresh one. Lists hold float64, or
 * bool when all they hold is boolean.
 * @throws RangeError for ragged lists, TypeError for what is no number; the messages begin with `caller`
 */
export function asArray(caller: string, value: Operand): NDArray {
  if (isNDArray(value)) return value;
  if (typeof value === "number") return wrap("float64", Float64Array.of(value), []);
  const shape: number[] = [];
  measure(value, shape);
  const leaves: number[] = [];
  const kinds = new Set<DType>();
  collect(caller, value, shape, 0, leaves, kinds);
  const dtype = kinds.size === 0 ? "float64" : promoteAll([...kinds]);
  const data = allocate(dtype, leaves.length);
  data.set(leaves);
  return wrap(dtype, data, shape);
}

/** Takes the first item at each depth for its length. */
function measure(value: unknown, shape: number[]): void {
  if (isNDArray(value)) shape.push(...value.shape);
  else if (Array.isArray(value)) {
    shape.push(value.length);
    if (value.length > 0) measure(value[0], shape);
  }
}

function collect(
  caller: string, value: unknown, shape: readonly number[], depth: number, leaves: number[], kinds: Set<DType>,
): void {
  if (isNDArray(value)) {
    if (shapeText(value.shape) !== shapeText(shape.slice(depth))) throw ragged(caller, shape, depth, value.shape);
    for (const leaf of cast(caller, value, "float64").data) leaves.push(leaf);
    kinds.add(value.dtype);
  } else if (Array.isArray(value)) {
    if (value.length !== shape[depth]) throw ragged(caller, shape, depth, [value.length]);
    for (const item of value) collect(caller, item, shape, depth + 1, leaves, kinds);
  } else if (typeof value === "number" || typeof value === "boolean") {
    if (depth !== shape.length) throw ragged(caller, shape, depth, []);
    leaves.push(Number(value));
    kinds.add(typeof value === "number" ? "float64" : "bool");
  } else {
    throw new TypeError(`${caller}: ${shortly(value)} (${typeof value}) is no number, boolean, array or list of them`);
  }
}

function ragged(caller: string, shape: readonly number[], depth: number, found: readonly number[]): RangeError {
  const wanted = shapeText(shape.slice(depth));
  return new RangeError(
    `${caller}: ragged lists: ${shapeText(found)} at depth ${depth} beside ${wanted}; all parts must be of one shape`);
}
