import { checkOptions, got } from "../checks";

/** How many values to draw: a length, or the lengths of all axes. */
export type Size = number | readonly number[];

/** The size by name, as NumPy's `size=`. It comes last, after any number of the other arguments. */
export interface SizeOption {
  /** How many values: a length, or the lengths of all axes. */
  readonly size?: Size;
}

/**
 * Separates the arguments from the options object, which may come after any of them. A size may be given as an argument
 * or in the options, not in both.
 * @param count - how many arguments there are, the size the last of them
 * @param names - of the options
 * @throws TypeError for an unknown option, or a size that is given twice
 */
export function withSize<Options extends SizeOption>(
  caller: string,
  given: readonly unknown[],
  count: number,
  names: readonly string[] = ["size"],
): { args: readonly unknown[]; size?: Size; options: Options } {
  const last = given[given.length - 1];
  const named = given.length > 0 && isOptions(last);
  if (named) checkOptions(caller, last, names);
  const args = named ? given.slice(0, -1) : given;
  const options = (named ? last : {}) as Options;
  if (args[count] !== undefined) checkOptions(caller, args[count], names);
  const placed = args[count - 1] as Size | undefined;
  if (placed !== undefined && options.size !== undefined) {
    throw new TypeError(
      `${got(caller, "size", options.size)} beside ${String(placed)} in its place: wanted one of them`,
    );
  }
  return { args: args.slice(0, count - 1), size: placed ?? options.size, options };
}

function isOptions(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
