import { allocateUnfilled, isRowMajor, wrap } from "./ndarray";
import type { DType, NDArray } from "./ndarray";
import { walk } from "./walk";

/**
 * Writes every element of `source` into `target`, both of one shape, converted as NumPy's assignment does:
 * a float loses its fraction in an int32, anything but 0 is true in a bool, a float32 rounds.
 * @throws RangeError when a value does not fit an int32, before anything is written; the message begins with `caller`
 */
export function assign(caller: string, target: NDArray, sourceStrides: readonly number[], source: NDArray): void {
  const to = target.data,
    from = source.data;
  if (target.dtype === "int32" && source.dtype.startsWith("float"))
    checkInt32(caller, target.shape, sourceStrides, source);
  const truth = target.dtype === "bool" && source.dtype !== "bool";
  walk(target.shape, [target.strides, sourceStrides], [target.offset, source.offset], (count, at, step) => {
    if (truth) writeTruths(count, to, at[0], step[0], from, at[1], step[1]);
    else if (step[0] === 1 && step[1] === 1) to.set(from.subarray(at[1], at[1] + count), at[0]);
    else write(count, to, at[0], step[0], from, at[1], step[1]);
  });
}

/** A row-major copy of `x` in a dtype of choice. */
export function cast<T extends DType>(caller: string, x: NDArray, dtype: T): NDArray<T> {
  const target = wrap(dtype, allocateUnfilled(caller, dtype, x.length), x.shape);
  assign(caller, target, x.strides, x);
  return target;
}

/** The array itself when it is float64, else a row-major float64 copy: what the numeric loops read. */
export function asFloat64(x: NDArray): NDArray<"float64"> {
  if (x.dtype === "float64") return x as NDArray<"float64">;
  if (!isRowMajor(x)) return cast("float64", x, "float64");
  const data = new Float64Array(x.data.subarray(x.offset, x.offset + x.length));
  return wrap("float64", data, x.shape);
}

type Values = NDArray["data"];
type WriteRun = (count: number, to: Values, p: number, sp: number, from: Values, q: number, sq: number) => void;

/** A typed array converts what it is given: an Int32Array cuts off the fraction, a Float32Array rounds. */
const write: WriteRun = (count, to, p, sp, from, q, sq) => {
  for (let i = 0; i < count; i++, p += sp, q += sq) to[p] = from[q];
};

const writeTruths: WriteRun = (count, to, p, sp, from, q, sq) => {
  for (let i = 0; i < count; i++, p += sp, q += sq) to[p] = from[q] === 0 ? 0 : 1;
};

function checkInt32(
  caller: string,
  shape: readonly number[],
  strides: readonly number[],
  { data, offset }: NDArray,
): void {
  walk(shape, [strides], [offset], (count, at, step) => {
    for (let i = 0, q = at[0]; i < count; i++, q += step[0]) {
      if (Math.trunc(data[q]) === (data[q] | 0)) continue;
      throw new RangeError(`${caller}: ${data[q]} for an int32: wanted numbers from -2147483648 to 2147483647`);
    }
  });
}
