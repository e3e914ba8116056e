import { checkOptions, checkSwitch, checkText, checkWhole, got, shortly } from "../../checks";
import { asArray } from "../asArray";
import { isNDArray } from "../ndarray";
import type { ArrayOrLists, DType, NDArray } from "../ndarray";
import { Tuple } from "../tuple";
import { layOut } from "./layout";
import { getPrintOptions, merge } from "./options";
import type { PrintOptions } from "./options";
import { floatText, quoted } from "./python";

/** What Python has a text for: arrays, numbers, booleans, strings, null (None), lists of them. */
export type Printable = NDArray | number | bigint | boolean | string | null | undefined | readonly Printable[];

/** The kind of Python number that plain JavaScript numbers are printed as. */
export interface NumberKind {
  /** "int32" for integers, "float64" for floats. */
  readonly dtype?: "int32" | "float64";
}

/**
 * What Python's `print` writes, as Python's `str`.
 * @param value - an array, a number, a boolean, a text, null, a tuple or a list of these
 * @param options - `dtype`: whether JavaScript's numbers are Python's integers, "int32", or floats, "float64"
 * @returns the text
 * @remarks JavaScript does not tell 5 from 5.0. A number by itself is a float; the numbers of a list are ints if all of
 * them are whole, else floats; each item of a tuple is judged by itself. `{ dtype: "int32" | "float64" }` decides
 * otherwise.
 * @throws TypeError for what Python has no text for
 * @example np.str(np.array([0.5, 1])); // '[0.5 1. ]'
 * @example np.str(0.1 + 0.2); // '0.30000000000000004'
 */
export function str(value: Printable, options: NumberKind = {}): string {
  const dtype = readKind("str", options);
  if (typeof value === "string") return value;
  if (!isNDArray(value)) return valueText("str", value, dtype);
  if (value.ndims === 0) return scalarText(value.data[value.offset], value.dtype);
  return arrayText(value, " ", "", "", getPrintOptions());
}

/**
 * What a Python notebook shows after `Out[n]:`, as Python's `repr`.
 * @param value - an array, a number, a boolean, a text, null, a tuple or a list of these
 * @param options - `dtype`: whether JavaScript's numbers are Python's integers, "int32", or floats, "float64"
 * @returns the text
 * @remarks Numbers as in `np.str`. An int32 prints as NumPy's default integer, int64.
 * @throws TypeError for what Python has no text for
 * @example np.repr(np.array([0.5, 1])); // 'array([0.5, 1. ])'
 * @example np.repr([true, "a"]); // "[True, 'a']"
 */
export function repr(value: Printable, options: NumberKind = {}): string {
  const dtype = readKind("repr", options);
  return isNDArray(value) ? arrayRepr(value) : valueText("repr", value, dtype);
}

function readKind(caller: string, options: NumberKind): Kind {
  checkOptions(caller, options, ["dtype"]);
  const { dtype } = options;
  if (dtype === undefined || dtype === "int32" || dtype === "float64") return dtype;
  throw new TypeError(`${got(caller, "dtype", dtype)}: wanted "int32" or "float64"`);
}

/** The options of one call of `array2string`: the print options, two of them also under a second name, and others. */
export interface ArrayTextOptions extends Partial<PrintOptions> {
  /** Characters in a line, as `linewidth`. */
  readonly maxLineWidth?: number;
  /** As `suppress`. */
  readonly suppressSmall?: boolean;
  /** The text between two items, a space by default. */
  readonly separator?: string;
  /** What the caller will write before: lines are indented by its length and broken to fit. */
  readonly prefix?: string;
  /** What the caller will write after: the last line leaves room for it. */
  readonly suffix?: string;
}

const OPTIONS = [...Object.keys(getPrintOptions()), "maxLineWidth", "suppressSmall", "separator", "prefix", "suffix"];

/**
 * An array's text by options of its own, as `np.array2string`.
 * @param x - an array, or nested lists
 * @param options - as `np.setPrintOptions` takes them, and `separator`, `prefix`, `suffix`, `maxLineWidth`,
 *   `suppressSmall`
 * @returns the text
 * @remarks No `formatter` and no `legacy`.
 * @throws RangeError or TypeError for a value that an option cannot take
 * @example np.array2string(np.array([1, 1 / 3]), { precision: 2, separator: "," }); // '[1.  ,0.33]'
 */
export function array2string(x: ArrayOrLists, options: ArrayTextOptions = {}): string {
  const array = asArray("array2string", x);
  checkOptions("array2string", options, OPTIONS);
  const { separator = " ", prefix = "", suffix = "", maxLineWidth, suppressSmall, ...rest } = options;
  for (const [name, text] of Object.entries({ separator, prefix, suffix })) checkText("array2string", name, text);
  if (maxLineWidth !== undefined) checkWhole("array2string", "maxLineWidth", maxLineWidth, 0);
  checkSwitch("array2string", "suppressSmall", suppressSmall);
  const { linewidth = maxLineWidth, suppress = suppressSmall } = rest;
  const merged = merge("array2string", { ...rest, linewidth, suppress });
  return arrayText(array, separator, prefix, suffix, merged);
}

function arrayText(x: NDArray, separator: string, prefix: string, suffix: string, options: PrintOptions): string {
  if (x.length === 0) return "[]";
  const linewidth = options.linewidth - suffix.length;
  return layOut(x, { ...options, linewidth }, { separator, indent: prefix.length });
}

function arrayRepr(x: NDArray): string {
  const options = getPrintOptions();
  const text = `array(${arrayText(x, ", ", "array(", ")", options)}`;
  const extras: string[] = [];
  const shape = x.shape;
  const told = x.length === 0 ? shape.length !== 1 : x.length > options.threshold;
  if (told) extras.push(`shape=${shapeTuple(shape)}`);
  if (x.dtype === "float32" || x.length === 0) extras.push(`dtype=${dtypeName(x.dtype)}`);
  if (extras.length === 0) return `${text})`;
  const last = text.length + 1 - (text.lastIndexOf("\n") + 1),
    extra = `${extras.join(", ")})`;
  return `${text},${last + extra.length + 1 > options.linewidth ? "\n      " : " "}${extra}`;
}

function shapeTuple(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** An int32 prints as NumPy's default integer. */
function dtypeName(dtype: DType): string {
  return dtype === "int32" ? "int64" : dtype;
}

function scalarText(value: number, dtype: DType): string {
  if (dtype === "bool") return value !== 0 ? "True" : "False";
  return dtype === "int32" ? `${value}` : floatText(value, dtype === "float32");
}

type Kind = NumberKind["dtype"];

function valueText(caller: string, value: unknown, dtype: Kind): string {
  if (isNDArray(value)) return arrayRepr(value);
  if (Array.isArray(value)) return listText(caller, value, dtype);
  if (typeof value === "number") return numberText(value, dtype);
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return `${value}`;
  if (value === null || value === undefined) return "None";
  throw new TypeError(
    `${caller}: ${shortly(value)}: wanted an array, a number, a boolean, a string or a list of these`,
  );
}

/**
 * `given` is the dtype that the caller or an outer list has chosen. If there is none, a list chooses it for itself and
 * for all lists within it.
 */
function listText(caller: string, list: readonly unknown[], given: Kind): string {
  if (open.has(list)) return "[...]";
  open.add(list);
  try {
    return itemsText(caller, list, given);
  } finally {
    open.delete(list);
  }
}

/** The lists that are being written: one that contains itself is written as "[...]" within itself, as in Python. */
const open = new Set<readonly unknown[]>();

function itemsText(caller: string, list: readonly unknown[], given: Kind): string {
  const tuple = list instanceof Tuple;
  const dtype = tuple ? given : (given ?? (allWhole(list) ? "int32" : "float64"));
  const items = list.map((item) => {
    if (tuple && typeof item === "number") return numberText(item, dtype ?? "int32");
    return valueText(caller, item, dtype);
  });
  if (!tuple) return `[${items.join(", ")}]`;
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}

/** Whether every number in the lists, at any depth, is a whole one. `seen` are the lists that have been looked at. */
function allWhole(list: readonly unknown[], seen = new Set<readonly unknown[]>()): boolean {
  if (seen.has(list)) return true;
  seen.add(list);
  return list.every((item) => (Array.isArray(item) ? allWhole(item, seen) : typeof item !== "number" || isWhole(item)));
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

function numberText(value: number, dtype: Kind): string {
  return dtype === "int32" && isWhole(value) ? `${value}` : floatText(value);
}
