import { shapeText, shortly } from "../checks";
import { cast } from "./cast";
import { promoteAll } from "./dtypes";
import { allocate, isNDArray, wrap } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";

/** NumPy's own limit. */
const MOST_AXES = 64;

/**
 * The array that an operand stands for: arrays as they are, everything else in a fresh one. Lists hold float64, or
 * bool when all they hold is boolean.
 * @param name - what the caller calls the operand, where it has several
 * @throws RangeError for ragged lists, TypeError for what is no number; the messages begin with `caller`
 */
export function asArray(caller: string, value: Operand, name?: string): NDArray {
  if (isNDArray(value)) return value;
  if (typeof value === "number") return wrap("float64", Float64Array.of(value), []);
  const speaker = name === undefined ? caller : `${caller}: ${name}`;
  if (typeof value !== "boolean" && !Array.isArray(value))
    throw noNumbers(speaker, value, name === undefined ? ": " : " = ");
  const shape: number[] = [];
  measure(speaker, value, shape);
  const leaves: number[] = [];
  const kinds = new Set<DType>();
  collect(speaker, value, shape, 0, leaves, kinds);
  const dtype = kinds.size === 0 ? "float64" : promoteAll([...kinds]);
  const data = allocate(speaker, dtype, leaves.length);
  data.set(leaves);
  return wrap(dtype, data, shape);
}

/** Takes the first item at each depth for its length. */
function measure(speaker: string, value: unknown, shape: number[]): void {
  if (isNDArray(value)) shape.push(...value.shape);
  else if (Array.isArray(value)) {
    // a list that holds itself has no end
    if (shape.length === MOST_AXES)
      throw new RangeError(`${speaker}: lists ${MOST_AXES + 1} deep: wanted at most ${MOST_AXES} axes`);
    shape.push(value.length);
    if (value.length > 0) measure(speaker, value[0], shape);
  }
}

function collect(
  speaker: string,
  value: unknown,
  shape: readonly number[],
  depth: number,
  leaves: number[],
  kinds: Set<DType>,
): void {
  if (isNDArray(value)) {
    if (shapeText(value.shape) !== shapeText(shape.slice(depth))) throw ragged(speaker, shape, depth, value.shape);
    for (const leaf of cast(speaker, value, "float64").data) leaves.push(leaf);
    kinds.add(value.dtype);
  } else if (Array.isArray(value)) {
    if (value.length !== shape[depth]) throw ragged(speaker, shape, depth, [value.length]);
    for (const item of value) collect(speaker, item, shape, depth + 1, leaves, kinds);
  } else if (typeof value === "number" || typeof value === "boolean") {
    if (depth !== shape.length) throw ragged(speaker, shape, depth, []);
    leaves.push(Number(value));
    kinds.add(typeof value === "number" ? "float64" : "bool");
  } else {
    throw noNumbers(speaker, value, ": ");
  }
}

function noNumbers(speaker: string, value: unknown, sign: string): TypeError {
  return new TypeError(`${speaker}${sign}${shortly(value)}: wanted an array, a number, a boolean or a list of these`);
}

function ragged(speaker: string, shape: readonly number[], depth: number, found: readonly number[]): RangeError {
  const wanted = shapeText(shape.slice(depth));
  return new RangeError(
    `${speaker}: parts of shapes ${wanted} and ${shapeText(found)} at depth ${depth}: wanted parts of one shape`,
  );
}
