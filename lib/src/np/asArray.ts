import { shapeText, shortly } from "../checks";
import { cast } from "./cast";
import { promoteAll } from "./dtypes";
import { allocate, isNDArray, isTypedValues, wrap } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";

/** NumPy's own limit. */
const MOST_AXES = 64;

/**
 * Reads an operand: an array is returned as it is, anything else as a fresh array. Every function that reads arrays
 * checks its operands here. Lists become float64, or bool if they hold only booleans; typed arrays become float64.
 * @param name - what the caller calls the operand
 * @throws RangeError for ragged lists, TypeError for a value that is not a number; the messages begin with `caller`
 */
export function asArray(caller: string, value: Operand, name = "x"): NDArray {
  if (isNDArray(value)) return value;
  if (typeof value === "number") return wrap("float64", Float64Array.of(value), []);
  if (isTypedValues(value)) return wrap("float64", float64Of(caller, value), [value.length]);
  if (typeof value !== "boolean" && !Array.isArray(value)) {
    throw new TypeError(`${caller}: ${name} = ${shortly(value)}: wanted ${WANTED}`);
  }
  return new Lists(caller, name).read(value);
}

const WANTED = "an array, a number, a boolean or a list of these";

function float64Of(caller: string, values: ArrayLike<number>): Float64Array {
  const data = allocate(caller, "float64", values.length);
  data.set(values);
  return data;
}

/** Reads nested lists; error messages name the function and its parameter. */
class Lists {
  private readonly shape: number[] = [];
  private readonly leaves: number[] = [];
  private readonly kinds = new Set<DType>();

  constructor(
    private readonly caller: string,
    private readonly name: string,
  ) {}

  read(value: unknown): NDArray {
    const { caller, kinds, leaves, shape } = this;
    this.measure(value);
    this.collect(value, 0);
    const dtype = kinds.size === 0 ? "float64" : promoteAll([...kinds]);
    const data = allocate(caller, dtype, leaves.length);
    data.set(leaves);
    return wrap(dtype, data, shape);
  }

  /** Finds the shape from the first item at each depth. */
  private measure(value: unknown): void {
    const { caller, name, shape } = this;
    if (isNDArray(value)) shape.push(...value.shape);
    else if (isTypedValues(value)) shape.push(value.length);
    else if (Array.isArray(value)) {
      // a list that contains itself would never end
      if (shape.length === MOST_AXES) {
        throw new RangeError(`${caller}: ${name}, lists ${MOST_AXES + 1} deep: wanted at most ${MOST_AXES} axes`);
      }
      shape.push(value.length);
      if (value.length > 0) this.measure(value[0]);
    }
  }

  private collect(value: unknown, depth: number): void {
    const { caller, kinds, leaves, name, shape } = this;
    if (isNDArray(value)) {
      if (shapeText(value.shape) !== shapeText(shape.slice(depth))) throw this.ragged(depth, value.shape);
      for (const leaf of cast(caller, value, "float64").data) leaves.push(leaf);
      kinds.add(value.dtype);
    } else if (isTypedValues(value)) {
      if (shape.length !== depth + 1 || value.length !== shape[depth]) throw this.ragged(depth, [value.length]);
      for (const leaf of value) leaves.push(leaf);
      kinds.add("float64");
    } else if (Array.isArray(value)) {
      if (value.length !== shape[depth]) throw this.ragged(depth, [value.length]);
      for (const item of value) this.collect(item, depth + 1);
    } else if (typeof value === "number" || typeof value === "boolean") {
      if (depth !== shape.length) throw this.ragged(depth, []);
      leaves.push(Number(value));
      kinds.add(typeof value === "number" ? "float64" : "bool");
    } else {
      throw new TypeError(`${caller}: ${shortly(value)} in ${name}: wanted ${WANTED}`);
    }
  }

  private ragged(depth: number, found: readonly number[]): RangeError {
    const wanted = shapeText(this.shape.slice(depth));
    return new RangeError(
      `${this.caller}: ${this.name} with parts of shapes ${wanted} and ${shapeText(found)} at depth ${depth}: ` +
        "wanted parts of one shape",
    );
  }
}
