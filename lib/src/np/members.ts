import { shapeText } from "../checks";
import { prototypes, wrap } from "./ndarray";
import type { DType, NDArray } from "./ndarray";
import { transpose } from "./shape";

// What an array has besides @stdlib's properties: NumPy's T, size, ndim and tolist, iteration, and JSON.

type Value = number | boolean;
type Values = Value | Values[];

/** The element at this index of the memory: a number, or a boolean of a bool array. */
export function valueAt(x: NDArray, position: number): Value {
  return x.dtype === "bool" ? x.data[position] !== 0 : x.data[position];
}

function listOf(x: NDArray, axis: number, position: number): Values {
  const { shape, strides } = x;
  if (axis === shape.length) return valueAt(x, position);
  return Array.from({ length: shape[axis] }, (_, i) => listOf(x, axis + 1, position + i * strides[axis]));
}

function* items(this: NDArray): Generator<Value | NDArray> {
  const [length, ...shape] = this.shape,
    [step, ...strides] = this.strides;
  if (length === undefined) {
    throw new TypeError(`ndarray: iteration over shape ${shapeText(this.shape)}: wanted at least one axis`);
  }
  for (let i = 0, position = this.offset; i < length; i++, position += step) {
    yield shape.length === 0 ? valueAt(this, position) : wrap<DType>(this.dtype, this.data, shape, strides, position);
  }
}

function tolist(this: NDArray): Values {
  return listOf(this, 0, this.offset);
}

const methods = { tolist, toJSON: tolist, [Symbol.iterator]: items };
for (const key of Reflect.ownKeys(methods) as (keyof typeof methods)[]) {
  Object.defineProperty(prototypes.own, key, { value: methods[key], configurable: true, writable: true });
}

const getters: Record<string, (this: NDArray) => unknown> = {
  T() {
    return transpose(this);
  },
  size() {
    return this.length;
  },
  ndim() {
    return this.ndims;
  },
};
for (const [name, get] of Object.entries(getters)) {
  Object.defineProperty(prototypes.own, name, { get, configurable: true });
}
