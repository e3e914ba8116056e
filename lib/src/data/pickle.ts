import { Parser } from "pickleparser";
import type { NDArray } from "../np";
import { FileFormatError } from "./errors";
import { PROTO, StrictReader } from "./pickleReader";
import { allowedNames, PickledArray, text } from "./pickledArray";

/**
 * Reads a Python pickle (protocols 2 to 5) of a dictionary of NumPy arrays, as the book's sample_weight.pkl.
 * A pickle is a program. Here it may name only the functions that rebuild NumPy arrays, and no Python code is run.
 *
 * @param where the name of the file in error messages
 * @throws FileFormatError for a pickle that names anything else, that holds anything but arrays, or that is broken.
 * @see https://docs.python.org/3/library/pickle.html#restricting-globals
 */
export function parsePickle(content: Uint8Array, where: string): Map<string, NDArray> {
  if (content[0] !== PROTO || content[1] < 2)
    throw new FileFormatError(`${where}: a pickle of protocol 0 or 1: wanted protocol 2 to 5`);
  const dictionary = parse(content, where);
  if (!(dictionary instanceof Map))
    throw new FileFormatError(`${where}: a pickle of something else: wanted a dictionary of arrays`);
  return converted(dictionary, content.length, where);
}

/**
 * An array under two names becomes one array. Several arrays can share their bytes in the file, so the sum of their
 * sizes is limited.
 */
function converted(dictionary: Map<unknown, unknown>, size: number, where: string): Map<string, NDArray> {
  const made = new Map<PickledArray, NDArray>();
  let allowed = size;
  return new Map(
    [...dictionary].map(([key, value]): [string, NDArray] => {
      if (typeof key !== "string" || !(value instanceof PickledArray)) {
        throw new FileFormatError(`${where}: a dictionary of something else: wanted arrays by their names only`);
      }
      const array = made.get(value) ?? value.toArray(`${where}: ${key}`);
      allowed -= made.has(value) ? 0 : value.size;
      if (allowed < 0)
        throw new FileFormatError(`${where}: arrays that take more than the file: wanted at most its ${size} bytes`);
      made.set(value, array);
      return [key, array];
    }),
  );
}

function parse(content: Uint8Array, where: string): unknown {
  const names = allowedNames(content.length);
  const resolve = (module: unknown, name: unknown) => {
    const path = `${text(module)}.${text(name)}`;
    const found = names.get(path.replace(/^numpy\._core\./, "numpy.core."));
    if (found === undefined)
      throw new RangeError(`it names ${path.slice(0, 200)}, which no array needs; nothing was run`);
    return found;
  };
  try {
    return new Parser({ nameResolver: { resolve }, unpicklingTypeOfDictionary: "Map" }).read(new StrictReader(content));
  } catch (cause) {
    throw new FileFormatError(`${where}: ${(cause as Error).message}: wanted a whole pickle of NumPy arrays`, {
      cause,
    });
  }
}
