import { asArray, cast, type NDArray } from "../np/internal";

/** One word from 0 to 2**32 - 1, or any number of them. */
export type Seed = number | readonly number[] | NDArray;

/** The seed's words. @throws RangeError for one that is no whole number from 0 to 2**32 - 1, or for none */
export function checkSeed(caller: string, seed: Seed): number[] {
  const words = [...cast(caller, asArray(caller, seed, "seed"), "float64").data];
  if (words.length === 0) throw new RangeError(`${caller}: seed = []: wanted at least one number`);
  for (const word of words) {
    if (!Number.isInteger(word) || word < 0 || word > 0xffffffff) {
      throw new RangeError(`${caller}: seed = ${word}: wanted whole numbers from 0 to 2**32 - 1`);
    }
  }
  return words;
}
