import { checkFinite, checkWhole, got } from "../checks";
import { isNDArray, positionsOf, shapeText, wrap, type NDArray } from "../np/internal";

/** A row of numbers as an argument of a plot: an ndarray, a typed array or a plain array. */
export type Numbers = NDArray | ArrayLike<number>;

/**
 * The elements in row-major order.
 * @throws RangeError with the names of plot and argument, if there is no element or one is not finite
 */
export function finiteNumbers(caller: string, argument: string, given: Numbers): number[] {
  const values = numbers(caller, argument, given);
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) checkFinite(caller, `${argument}[${at}]`, values[at]);
  return values;
}

/**
 * As finiteNumbers, but they may be NaN, which a line shows as a gap.
 */
export function numbersWithGaps(caller: string, argument: string, given: Numbers): number[] {
  const values = numbers(caller, argument, given);
  const at = values.findIndex((value) => Math.abs(value) === Infinity);
  if (at >= 0) throw new RangeError(`${got(caller, `${argument}[${at}]`, values[at])}: wanted a finite number or NaN`);
  return values;
}

/** A table of numbers as an argument of a plot: a two-dimensional ndarray, or a list of rows. */
export type Rows = NDArray | readonly Numbers[];

/** The rows of a table or a batch as views. It does not read their numbers yet. */
export function rowsOf(caller: string, argument: string, given: Rows): readonly Numbers[] {
  if (!isNDArray(given) && !Array.isArray(given))
    throw new TypeError(`${got(caller, argument, given)}: wanted rows of numbers`);
  const rows = isNDArray(given) ? viewsOfRows(caller, argument, given) : Array.from(given as readonly Numbers[]);
  if (rows.length === 0) throw new RangeError(`${caller}: ${argument} is empty: wanted at least one row`);
  return rows;
}

function viewsOfRows(caller: string, argument: string, array: NDArray): NDArray[] {
  const { data, dtype, shape, strides, offset } = array;
  if (shape.length < 2) {
    throw new RangeError(`${caller}: ${argument} of shape ${shapeText(shape)}: wanted rows of numbers`);
  }
  return Array.from({ length: shape[0] }, (_, row) =>
    wrap(dtype, data, shape.slice(1), strides.slice(1), offset + row * strides[0]),
  );
}

/**
 * Labels of classes, 0 to classes - 1.
 * @throws RangeError with the plot, the argument and the first value that is not a label
 */
export function classLabels(caller: string, argument: string, given: Numbers, classes: number): number[] {
  const labels = finiteNumbers(caller, argument, given);
  const at = labels.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (at >= 0) checkWhole(caller, `${argument}[${at}]`, labels[at], 0, classes - 1);
  return labels;
}

/**
 * Rows of two finite numbers: points of the plane, or vectors in it.
 * @throws RangeError with the plot, the argument and the first row that is not two finite numbers
 */
export function pairsOf(caller: string, argument: string, given: Rows): [number, number][] {
  return rowsOf(caller, argument, given).map((row, i) => {
    const values = finiteNumbers(caller, `${argument}[${i}]`, row);
    if (values.length !== 2) throw new RangeError(`${caller}: ${argument}[${i}] of ${values.length} values: wanted 2`);
    return [values[0], values[1]];
  });
}

/** @throws RangeError with the names of two arguments if their lengths differ */
export function sameLength(caller: string, lengths: { readonly [argument: string]: number }): void {
  const [[first, wanted], ...others] = Object.entries(lengths);
  for (const [argument, length] of others) {
    if (length !== wanted) {
      throw new RangeError(`${caller}: ${wanted} values of ${first} and ${length} of ${argument}: wanted as many`);
    }
  }
}

/** Rounds to fewer digits: a notebook stores numbers as text, and nobody can see the difference in a plot. */
export function short(value: number): number {
  return Number(value.toPrecision(6));
}

function numbers(caller: string, argument: string, given: Numbers): number[] {
  if (!isNDArray(given) && !Array.isArray(given) && !ArrayBuffer.isView(given)) {
    throw new TypeError(`${got(caller, argument, given)}: wanted a list or an array of numbers`);
  }
  const values = isNDArray(given) ? elements(given) : Array.from(given as ArrayLike<unknown>);
  if (values.length === 0) throw new RangeError(`${caller}: ${argument} is empty: wanted at least one number`);
  const at = values.findIndex((value) => typeof value !== "number");
  if (at >= 0) throw new TypeError(`${got(caller, `${argument}[${at}]`, values[at])}: wanted a number`);
  return values as number[];
}

function elements({ data, shape, strides, offset }: NDArray): number[] {
  return Array.from(positionsOf(shape, strides, offset), (position) => data[position]);
}
