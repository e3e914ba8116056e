import type { NDArray } from "../np";
import { FileFormatError } from "./errors";
import { latin1Bytes } from "./latin1";
import { arrayFromBytes } from "./rawArray";

type Rebuild = (...args: unknown[]) => unknown;

/** The names that a pickled array may use. Each pickle gets new ones, so that no pickle can change those of another. */
export function allowedNames(size: number): Map<string, Rebuild> {
  let encodable = size;
  return new Map<string, Rebuild>([
    ["numpy.ndarray", () => new PickledArray()],
    ["numpy.dtype", (name) => new PickledType(text(name))],
    ["numpy.core.multiarray._reconstruct", () => new PickledArray()],
    ["numpy.core.multiarray.scalar", (type, elements) => pickledArray([], type, false, elements)],
    [
      "numpy.core.numeric._frombuffer",
      (elements, type, shape, order) => pickledArray(shape, type, isFortran(order), elements),
    ],
    // protocol 2 writes empty bytes like this
    ["__builtin__.bytes", () => new Uint8Array(0)],
    // and all other bytes like this; a pickle that encodes the same text again and again could fill the memory
    [
      "_codecs.encode",
      (value, encoding) => {
        if (encoding !== "latin1") throw new RangeError("it encodes text in another way than latin1");
        encodable -= text(value).length;
        if (encodable < 0) throw new RangeError("it encodes more text than the file holds");
        return latin1(text(value));
      },
    ],
  ]);
}

/** An array as the pickle describes it; toArray checks the description. */
export class PickledArray {
  private state: readonly unknown[] = [];
  __setstate__(state: unknown[]): void {
    this.state = state;
  }
  get size(): number {
    return (this.state[4] as Uint8Array).length;
  }
  /** The state is version, shape, type, Fortran order, elements. */
  toArray(where: string): NDArray {
    const [version, shape, type, fortranOrder, elements] = this.state;
    if (version !== 1 || !isShape(shape) || !(type instanceof PickledType) || typeof fortranOrder !== "boolean") {
      throw new FileFormatError(`${where}: an array of another state: wanted version 1, shape, type and order`);
    }
    const bytes = typeof elements === "string" ? latin1(elements, `${where}: `) : elements;
    if (!(bytes instanceof Uint8Array))
      throw new FileFormatError(`${where}: an array of another state: wanted raw elements`);
    return arrayFromBytes({ typestr: type.typestr, shape, fortranOrder, bytes }, where);
  }
}

/** Encodes text as latin1. Throws if a character is not in latin1, as Python does. */
function latin1(value: string, where = ""): Uint8Array {
  const strange = /[^\0-\xff]/u.exec(value)?.[0];
  if (strange === undefined) return latin1Bytes(value);
  const point = strange.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  throw new FileFormatError(`${where}it encodes the character U+${point} as latin1: wanted at most U+00FF`);
}

class PickledType {
  private order = "|";
  constructor(private readonly name: string) {}
  /** The state is version, byte order, and values that only structured types use. */
  __setstate__([version, order]: unknown[]): void {
    if (version !== 3 && version !== 4) throw new RangeError("it holds an element type of another version than 3 or 4");
    this.order = text(order);
  }
  get typestr(): string {
    return this.order + this.name;
  }
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => typeof length === "number");
}

function pickledArray(shape: unknown, type: unknown, fortranOrder: boolean, elements: unknown): PickledArray {
  const array = new PickledArray();
  array.__setstate__([1, shape, type, fortranOrder, elements]);
  return array;
}

function isFortran(order: unknown): boolean {
  if (order !== "C" && order !== "F") throw new RangeError("it orders elements in another way than C or F");
  return order === "F";
}

/** Refuses all but text: converting nested tuples that share their parts into text could take practically for ever. */
export function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`it gives ${typeof value} where a name or text belongs`);
  return value;
}
