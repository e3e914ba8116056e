import { got } from "../checks";
import { asArray, cast, isNDArray, isTypedValues, shapeText, type NDArray, type TypedValues } from "../np/internal";

/** One word from 0 to 2**32 - 1, true (1) or false (0), or any number of them in a list or an array. */
export type Seed = number | boolean | readonly (number | boolean)[] | TypedValues | NDArray;

/**
 * Reads a seed as NumPy's legacy seeding does: as one word, or as a list of words. A list of one word begins another
 * stream than the word; an array of one element begins the stream of that element.
 * @throws RangeError for one that is no whole number from 0 to 2**32 - 1, for none, or for lists in lists
 */
export function readSeed(caller: string, seed: Seed): number | number[] {
  const words = asArray(caller, seed, "seed");
  const values = [...cast(caller, words, "float64").data];
  if (values.length === 0) throw new RangeError(`${caller}: seed = []: wanted at least one number`);
  for (const word of values) {
    if (!Number.isInteger(word) || word < 0 || word > 0xffffffff) {
      throw new RangeError(`${caller}: seed = ${word}: wanted whole numbers from 0 to 2**32 - 1`);
    }
  }
  const isArray = isNDArray(seed) || isTypedValues(seed);
  const shape = isArray ? words.shape.filter((length) => length !== 1) : words.shape;
  if (isArray && shape.length === 0 && words.dtype === "bool") {
    throw new TypeError(`${got(caller, "seed", seed)}: wanted whole numbers`);
  }
  if (shape.length > 1) throw new RangeError(`${caller}: seed of shape ${shapeText(words.shape)}: wanted one axis`);
  return shape.length === 0 ? values[0] : values;
}
