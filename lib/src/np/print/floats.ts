import { rounded, scaled, shortest } from "./decimals";
import type { PrintOptions } from "./options";

/** Writes one element so that it lines up with the others. */
export type Format = (value: number) => string;

/** The parts around the point, and the exponent after the `e`, sign included. */
interface Parts {
  readonly whole: string;
  readonly fraction: string;
  readonly exponent: string;
}

interface Digits {
  readonly precision: number;
  readonly minDigits: number;
  /** Whether a number may be written with fewer digits if they are enough. */
  readonly unique: boolean;
  readonly single: boolean;
  readonly sign: PrintOptions["sign"];
}

/** One format for all of `values`, as NumPy's FloatingFormat: what is widest decides. */
export function floatFormat(values: readonly number[], single: boolean, options: PrintOptions): Format {
  const finite = values.filter(Number.isFinite);
  const scientific = needsExponent(finite, single, options.suppress);
  const { floatmode, sign } = options;
  const precision = floatmode === "unique" ? Infinity : options.precision;
  const first: Digits = { precision, minDigits: 0, unique: floatmode !== "fixed", single, sign };
  const split = scientific ? exponential : positional;
  const tried = finite.map((value) => split(value, first));
  const fraction = longest(tried, "fraction"),
    exponent = longest(tried, "exponent");
  // a second pass: in the scientific form all numbers get as many digits as the one that needs the most
  const equal = scientific || floatmode === "fixed" || floatmode === "maxprec_equal";
  const last: Digits = equal ? { ...first, precision: fraction, minDigits: fraction } : first;
  const right = fraction + (scientific ? exponent + 1 : 0);
  const left = leftWidth(values, finite, longest(tried, "whole"), right, options);
  return (value) => {
    if (!Number.isFinite(value)) return nonFinite(value, options).padStart(left + 1 + right);
    const parts = split(value, last);
    const head = `${parts.whole.padStart(left)}.`;
    if (!scientific) return head + (equal ? parts.fraction.padEnd(fraction, "0") : parts.fraction.padEnd(fraction));
    const power = parts.exponent.slice(1).padStart(exponent - 1, "0");
    return `${head}${parts.fraction.padEnd(fraction, "0")}e${parts.exponent[0]}${power}`;
  };
}

/**
 * Whether the scientific form is used: if the largest magnitude is at least 10**8 (float32: 10**6) or, unless
 * `suppress` is set, if the smallest magnitude that is not 0 is below 0.0001 or less than a thousandth of the largest.
 */
function needsExponent(finite: readonly number[], single: boolean, suppress: boolean): boolean {
  let largest = 0,
    smallest = Infinity;
  for (const value of finite) {
    const size = Math.abs(value);
    if (size === 0) continue;
    if (size > largest) largest = size;
    if (size < smallest) smallest = size;
  }
  if (largest === 0) return false;
  const round = single ? Math.fround : (value: number) => value;
  if (largest >= (single ? 1e6 : 1e8)) return true;
  return !suppress && (smallest < round(0.0001) || round(largest / smallest) > 1000);
}

function leftWidth(
  values: readonly number[],
  finite: readonly number[],
  whole: number,
  right: number,
  options: PrintOptions,
): number {
  const { sign, nanstr, infstr } = options;
  const spaced = sign === " " && !finite.some(isNegative);
  const left = whole + (spaced ? 1 : 0);
  if (values.length === finite.length) return left;
  const infinity = infstr.length + (sign !== "-" || values.includes(-Infinity) ? 1 : 0);
  return Math.max(left, nanstr.length - right - 1, infinity - right - 1);
}

function nonFinite(value: number, { nanstr, infstr, sign }: PrintOptions): string {
  const plus = sign === "+" ? "+" : "";
  if (Number.isNaN(value)) return plus + nanstr;
  return (value < 0 ? "-" : plus) + infstr;
}

function positional(value: number, digits: Digits): Parts {
  const size = Math.abs(value);
  const short = shortest(size, digits.single);
  const decimals = Math.max(0, short.digits.length - 1 - short.exponent);
  const exact = digits.unique ? exactDecimals(decimals, digits) : digits.precision;
  const [whole, fraction] =
    exact === undefined
      ? pointAfter(short.digits, short.exponent)
      : pointFromRight(scaled(size, exact).toString(), exact);
  return { whole: signOf(value, digits) + whole, fraction: trim(fraction, digits), exponent: "" };
}

function exponential(value: number, digits: Digits): Parts {
  const size = Math.abs(value);
  const short = shortest(size, digits.single);
  const exact = digits.unique ? exactDecimals(short.digits.length - 1, digits) : digits.precision;
  const decimal = exact === undefined ? short : rounded(size, exact);
  const power = Math.abs(decimal.exponent).toString().padStart(2, "0");
  return {
    whole: signOf(value, digits) + decimal.digits[0],
    fraction: trim(size === 0 && exact === undefined ? "" : decimal.digits.slice(1), digits),
    exponent: (decimal.exponent < 0 ? "-" : "+") + power,
  };
}

/** How many digits must be computed because the shortest form has too many or too few; undefined if it fits. */
function exactDecimals(decimals: number, { precision, minDigits }: Digits): number | undefined {
  if (decimals > precision) return precision;
  return decimals < minDigits ? minDigits : undefined;
}

/** The digits of a whole number, divided into those before the point and the last `decimals` ones after it. */
function pointFromRight(digits: string, decimals: number): [string, string] {
  const padded = digits.padStart(decimals + 1, "0");
  return [padded.slice(0, padded.length - decimals), padded.slice(padded.length - decimals)];
}

function pointAfter(digits: string, exponent: number): [string, string] {
  if (exponent < 0) return ["0", digits === "0" ? "" : "0".repeat(-exponent - 1) + digits];
  return [digits.slice(0, exponent + 1).padEnd(exponent + 1, "0"), digits.slice(exponent + 1)];
}

function trim(fraction: string, { unique, minDigits }: Digits): string {
  return unique && minDigits === 0 ? fraction.replace(/0+$/, "") : fraction;
}

function signOf(value: number, { sign }: Digits): string {
  return isNegative(value) ? "-" : sign === "+" ? "+" : "";
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function longest(parts: readonly Parts[], key: keyof Parts): number {
  return parts.reduce((width, part) => Math.max(width, part[key].length), 0);
}
