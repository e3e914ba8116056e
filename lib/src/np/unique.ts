import { checkOptions, checkSwitch } from "../checks";
import { asArray } from "./asArray";
import { copyOf } from "./create";
import { allocate, wrap } from "./ndarray";
import type { ArrayOrLists, DType, NDArray, NestedList } from "./ndarray";
import { orderOf } from "./sort";
import { tuple } from "./tuple";

/** What `unique` gives beside the values. */
export interface UniqueOptions {
  /** The index of the first element with each value. */
  readonly returnIndex?: boolean;
  /** Which of the values each element is. */
  readonly returnInverse?: boolean;
  /** How often each value occurs. */
  readonly returnCounts?: boolean;
}

type Places<Asked> = Asked extends true ? [NDArray<"int32">] : [];

/** The values, and behind them what the options ask for, in NumPy's order. */
export type Unique<T extends DType, O extends UniqueOptions> = readonly [
  NDArray<T>,
  ...Places<O extends { returnIndex: infer Asked } ? Asked : false>,
  ...Places<O extends { returnInverse: infer Asked } ? Asked : false>,
  ...Places<O extends { returnCounts: infer Asked } ? Asked : false>,
];

/**
 * The different values in ascending order, nan last and once, as `np.unique`.
 * @param x - an array, nested lists or a single value
 * @param options - `returnIndex`: the index of each value's first element, in row-major order; `returnInverse`: which
 *   of the values each element is, in the shape of x; `returnCounts`: how often each value is there
 * @returns the values; with options a tuple of them and of the int32 arrays asked for, in this order
 * @remarks No `axis`: of all elements.
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.unique([3, 1, 3]); // array([1., 3.])
 * @example
 * const [values, counts] = np.unique([3, 1, 3], { returnCounts: true });
 * counts; // array([1, 2])
 */
export function unique<T extends DType>(x: NDArray<T>): NDArray<T>;
export function unique<T extends DType, O extends UniqueOptions>(x: NDArray<T>, options: O): Unique<T, O>;
export function unique(x: NestedList | number | boolean): NDArray;
export function unique<O extends UniqueOptions>(x: NestedList | number | boolean, options: O): Unique<DType, O>;
export function unique(x: ArrayOrLists | number | boolean, options?: UniqueOptions): NDArray | readonly NDArray[] {
  if (options !== undefined) checkOptions("unique", options, NAMES);
  for (const name of NAMES) checkSwitch("unique", name, options?.[name]);
  const array = asArray("unique", x);
  const { data } = copyOf("unique", array);
  const asked = NAMES.filter((name) => options?.[name] === true);
  if (asked.length === 0) return valuesOf(array.dtype, data.sort());
  const { order, starts } = groups(data);
  const values = wrap(array.dtype, data.map((_, i) => data[order[starts[i]]]).slice(0, starts.length), [starts.length]);
  const of = {
    returnIndex: () => positions(starts.map((start) => order[start])),
    returnInverse: () => wrap("int32", inverse(order, starts), array.shape),
    returnCounts: () => positions(starts.map((start, i) => (starts[i + 1] ?? data.length) - start)),
  };
  return tuple(values, ...asked.map((name) => of[name]()));
}

const NAMES = ["returnIndex", "returnInverse", "returnCounts"] as const;

function differ(a: number, b: number): boolean {
  return a !== b && (a === a || b === b);
}

function valuesOf(dtype: DType, sorted: NDArray["data"]): NDArray {
  const values = sorted.filter((value: number, i: number) => i === 0 || differ(value, sorted[i - 1]));
  return wrap(dtype, values, [values.length]);
}

/** The order of the elements, and where in it each of the values begins. */
function groups(data: NDArray["data"]): { order: Int32Array; starts: number[] } {
  const order = allocate("unique", "int32", data.length);
  orderOf(data, order);
  const starts: number[] = [];
  for (let i = 0; i < order.length; i++) {
    if (i === 0 || differ(data[order[i]], data[order[i - 1]])) starts.push(i);
  }
  return { order, starts };
}

function inverse(order: Int32Array, starts: readonly number[]): Int32Array {
  const which = new Int32Array(order.length);
  starts.forEach((start, i) => {
    for (const position of order.subarray(start, starts[i + 1] ?? order.length)) which[position] = i;
  });
  return which;
}

function positions(list: readonly number[]): NDArray<"int32"> {
  return wrap("int32", Int32Array.from(list), [list.length]);
}
