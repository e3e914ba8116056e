/**
 * An immutable sequence that prints as Python's tuple: `(10,)`, `(2, 3)`. Everything that only reads an array works on
 * it; `map`, `slice` and their like give plain arrays.
 */
export class Tuple<Item = number> extends Array<Item> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/**
 * A tuple of these items, as Python's `tuple`.
 * @param items - of any kind
 * @returns the items, which can only be read
 * @example np.tuple(1, 0.5); // (1, 0.5)
 */
export function tuple<Items extends readonly unknown[]>(...items: Items): Readonly<Items> {
  const made = new Tuple<unknown>();
  for (const item of items) made.push(item);
  // an array class of ours: TypeScript knows it as a list, not as a list of these items
  return Object.freeze(made) as unknown as Readonly<Items>;
}
