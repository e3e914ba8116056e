import { allocate, rowMajorStrides, shapeText, wrap, type DType, type NDArray } from "../np/internal";
import { FileFormatError } from "./errors";

/** An array as NumPy's files describe it: array-interface type string such as "<f4", shape, order and raw elements. */
export interface RawArray {
  readonly typestr: string;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  readonly bytes: Uint8Array;
}

interface Kind {
  readonly dtype: DType | "integer";
  readonly size: number;
  read(view: DataView, at: number, littleEndian: boolean): number;
  /** Only for integers that a JavaScript number cannot always hold: reads the exact value. */
  exact?(view: DataView, at: number, littleEndian: boolean): bigint;
}

/**
 * NumPy's element types by kind and size. Integers that int32 cannot always hold have the dtype "integer" here; their
 * values decide whether they become int32 or float64.
 */
const KINDS: Readonly<Record<string, Kind>> = {
  b1: { dtype: "bool", size: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
  i1: { dtype: "int32", size: 1, read: (view, at) => view.getInt8(at) },
  u1: { dtype: "int32", size: 1, read: (view, at) => view.getUint8(at) },
  i2: { dtype: "int32", size: 2, read: (view, at, little) => view.getInt16(at, little) },
  u2: { dtype: "int32", size: 2, read: (view, at, little) => view.getUint16(at, little) },
  i4: { dtype: "int32", size: 4, read: (view, at, little) => view.getInt32(at, little) },
  u4: { dtype: "integer", size: 4, read: (view, at, little) => view.getUint32(at, little) },
  i8: {
    dtype: "integer",
    size: 8,
    read: (view, at, little) => Number(view.getBigInt64(at, little)),
    exact: (view, at, little) => view.getBigInt64(at, little),
  },
  u8: {
    dtype: "integer",
    size: 8,
    read: (view, at, little) => Number(view.getBigUint64(at, little)),
    exact: (view, at, little) => view.getBigUint64(at, little),
  },
  f4: { dtype: "float32", size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { dtype: "float64", size: 8, read: (view, at, little) => view.getFloat64(at, little) },
};

/** NumPy's own limit. */
const MAX_DIMENSIONS = 64;

/**
 * Makes an array of a copy of the raw elements. int64 and unsigned integers become int32 if all values fit, else
 * float64.
 *
 * @param where the name of the source in error messages
 * @throws FileFormatError for object, structured, complex, string and float16 elements, for a shape that does not fit
 * the number of bytes, and for integers past 2^53 - 1 in size.
 */
export function arrayFromBytes(raw: RawArray, where: string): NDArray {
  const { kind, littleEndian } = parseTypestr(raw.typestr, where);
  const count = checkShape(raw, kind, where);
  const view = new DataView(raw.bytes.buffer, raw.bytes.byteOffset, raw.bytes.byteLength);
  const values = allocate(where, kind.dtype === "integer" ? "float64" : kind.dtype, count);
  for (let i = 0; i < count; i++) values[i] = kind.read(view, i * kind.size, littleEndian);
  const strides = raw.fortranOrder ? rowMajorStrides([...raw.shape].reverse()).reverse() : rowMajorStrides(raw.shape);
  if (kind.dtype === "integer") {
    const unsafe = values.findIndex((value) => !Number.isSafeInteger(value));
    if (unsafe >= 0) throw tooLarge(kind.exact?.(view, unsafe * kind.size, littleEndian), where);
    return narrowed(values as Float64Array, raw.shape, strides);
  }
  return wrap(kind.dtype, values, raw.shape, strides);
}

function parseTypestr(typestr: string, where: string): { kind: Kind; littleEndian: boolean } {
  const [, order, name] = /^([<>|=])([bifu]\d+)$/.exec(typestr) ?? [];
  if (name === undefined || !Object.hasOwn(KINDS, name)) {
    throw new FileFormatError(
      `${where}: elements of type ${JSON.stringify(typestr)}: wanted one of ${Object.keys(KINDS).join(", ")}`,
    );
  }
  return { kind: KINDS[name], littleEndian: order !== ">" };
}

/** Checks the shape and returns the number of elements. */
function checkShape({ shape, bytes }: RawArray, { size }: Kind, where: string): number {
  const text = shape.length > 8 ? `(${shape.slice(0, 8).join(",")},...)` : shapeText(shape);
  if (shape.length > MAX_DIMENSIONS || !shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw new FileFormatError(`${where}: shape ${text}: wanted at most ${MAX_DIMENSIONS} lengths of 0 and more`);
  }
  const count = shape.reduce((product, length) => product * length, 1);
  if (count * size !== bytes.length) {
    throw new FileFormatError(
      `${where}: ${bytes.length} bytes of elements: wanted ${count * size}, for shape ${text} of ${size}-byte elements`,
    );
  }
  return count;
}

function tooLarge(value: bigint | undefined, where: string): FileFormatError {
  return new FileFormatError(
    `${where}: the integer ${value}: wanted at most 2^53 - 1 in size, past which float64 is no longer exact`,
  );
}

function narrowed(values: Float64Array, shape: readonly number[], strides: readonly number[]): NDArray {
  if (values.every((value) => value === (value | 0))) return wrap("int32", Int32Array.from(values), shape, strides);
  return wrap("float64", values, shape, strides);
}
