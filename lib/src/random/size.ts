import { checkOptions, got } from "../checks";

/** How many values to draw: a length, or the lengths of all axes. */
export type Size = number | readonly number[];

/** The size by name, as NumPy's `size=`: it may stand last, after as many other arguments as are given. */
export interface SizeOption {
  /** How many values: a length, or the lengths of all axes. */
  readonly size?: Size;
}

/**
 * The arguments in their places, and the options that may stand after the last of them. A size in its own place and one
 * by name are one too many.
 * @param count - how many arguments there are, the size the last of them
 * @param names - of the options
 * @throws TypeError when the options are unknown, or a size stands there twice
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
