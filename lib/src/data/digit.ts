import { got } from "../checks";
import { wrap, type NDArray } from "../np/internal";
import { host, type Pixels } from "../platform";
import { FileFormatError } from "./errors";
import { exifOrientation } from "./exif";
import { latin1Text } from "./latin1";
import { dataFolder, firstFile, readNamed } from "./locate";
import { resized, type Gray } from "./resized";

/** The side of MNIST's images, and of the box in them that a digit fills. */
const SIDE = 28;
const BOX = 20;
/** The pixel, counted from 0, on which MNIST puts a digit's centre of mass. */
const CENTRE = 14;
/** From this share of the darkest ink on, a pixel belongs to the digit: fainter ones are noise or shadows. */
const INK = 0.3;
/** The least difference between ink and paper, of 255. */
const CONTRAST = 25;

/**
 * Loads a picture of one handwritten digit as a row of pixels like those of MNIST, for a network that has learnt from
 * MNIST. The picture is PNG, JPEG, GIF or SVG, of any size: a drawing or a photo, dark ink on light paper or the
 * reverse, with nothing else on it.
 *
 * It is prepared as MNIST's images were: the digit is scaled to fit into a box of 20 x 20 pixels with its proportions
 * kept, and its centre of mass is put to the centre of 28 x 28 pixels. Before that, the colour of the paper is taken
 * from the picture's border and becomes 0, and the darkest ink becomes 1. A photo's EXIF orientation is followed.
 *
 * @param path - the file, relative to the folder of the notebook, or else to the folder `data` of the project
 * @returns (784,) of float32, from 0 (blank) to 1 (ink)
 * @throws MissingDataError if there is no such file, or it cannot be read.
 * @throws FileFormatError if it is no picture of these formats, is broken, has more than 200 million pixels, or
 *   shows nothing.
 * @see Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits"
 * @example
 * const five = await loadDigit("digit.svg");
 * np.shape(five); // (784,)
 */
export async function loadDigit(path: string): Promise<NDArray> {
  if (typeof path !== "string") throw new TypeError(`${got("loadDigit", "path", path)}: wanted a text`);
  const ink = inkOf(await decoded(path));
  const digit = ink && cropped(ink);
  if (!digit)
    throw new FileFormatError(
      `loadDigit: ${path}: nothing can be seen in it: wanted a whole picture of a digit in ink on plain paper`,
    );
  return wrap("float32", centred(inBox(digit)), [SIDE * SIDE]);
}

async function decoded(path: string): Promise<Pixels> {
  const found = await firstFile([path, host.files.join(dataFolder, path)]);
  const content = await readNamed(found ?? path, "loadDigit", "a picture of a digit");
  const type = mediaType(content);
  if (type === undefined) {
    const start = JSON.stringify(latin1Text(content.subarray(0, 6)));
    throw new FileFormatError(`loadDigit: ${path}: starts with ${start}: wanted a PNG, JPEG, GIF or SVG picture`);
  }
  let pixels: Pixels | undefined;
  try {
    pixels = await host.assets.decode(`data:${type};base64,${host.bytes.base64(content)}`, exifOrientation(content));
  } catch (cause) {
    throw new FileFormatError(`loadDigit: ${path}: ${(cause as Error).message}`, { cause });
  }
  if (!pixels) throw new FileFormatError(`loadDigit: ${path}: cannot be decoded: wanted a whole picture`);
  return pixels;
}

function mediaType(content: Uint8Array): string | undefined {
  const start = latin1Text(content.subarray(0, 1024));
  if (start.startsWith("\x89PNG")) return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (start.startsWith("GIF8")) return "image/gif";
  return start.includes("<svg") ? "image/svg+xml" : undefined;
}

/** The ink of each pixel, from 0 (paper) to 1 (the darkest); undefined for a picture of one colour. */
function inkOf({ width, height, rgba }: Pixels): Gray | undefined {
  // the brightness of a colour, as the standard ITU-R BT.601 weighs its parts
  const brightness = Float64Array.from(
    { length: width * height },
    (_, i) => 0.299 * rgba[4 * i] + 0.587 * rgba[4 * i + 1] + 0.114 * rgba[4 * i + 2],
  );
  const border = brightness.filter((_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return row === 0 || row === height - 1 || column === 0 || column === width - 1;
  });
  const paper = quantile(border, 0.5);
  const difference = (value: number) => Math.abs(value - paper);
  // A tenth of the border may be ink; what the rest differs by is noise, or a shadow.
  const noise = quantile(border.map(difference), 0.9);
  const data = brightness.map((value) => Math.max(difference(value) - noise, 0));
  const darkest = data.reduce((a, b) => Math.max(a, b), 0);
  return darkest < CONTRAST ? undefined : { width, height, data: data.map((value) => value / darkest) };
}

function quantile(values: Float64Array, share: number): number {
  return values.slice().sort()[Math.floor(share * (values.length - 1))];
}

/** The smallest part that holds all ink which belongs to the digit. */
function cropped({ width, height, data }: Gray): Gray {
  let [left, right, top, bottom] = [width, 0, height, 0];
  data.forEach((value, i) => {
    if (value < INK) return;
    const [row, column] = [Math.floor(i / width), i % width];
    [left, right] = [Math.min(left, column), Math.max(right, column + 1)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row + 1)];
  });
  const rows = Array.from({ length: bottom - top }, (_, row) => {
    const start = (top + row) * width;
    return [...data.subarray(start + left, start + right)];
  });
  return { width: right - left, height: bottom - top, data: Float64Array.from(rows.flat()) };
}

/** The digit as large as the box of 20 x 20 allows, its darkest ink still 1. */
function inBox(digit: Gray): Gray {
  const scale = BOX / Math.max(digit.width, digit.height);
  const size = (length: number) => Math.max(1, Math.round(scale * length));
  const small = resized(digit, size(digit.width), size(digit.height));
  const darkest = small.data.reduce((a, b) => Math.max(a, b));
  return { ...small, data: small.data.map((value) => value / darkest) };
}

/** The pixels of 28 x 28, with the digit's centre of mass at the centre. */
function centred({ width, height, data }: Gray): Float32Array {
  let [mass, massX, massY] = [0, 0, 0];
  data.forEach((value, i) => {
    mass += value;
    massX += value * (i % width);
    massY += value * Math.floor(i / width);
  });
  const place = (centre: number, size: number) => Math.min(Math.max(Math.round(CENTRE - centre), 0), SIDE - size);
  const [left, top] = [place(massX / mass, width), place(massY / mass, height)];
  const image = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < height; row++)
    image.set(data.subarray(row * width, (row + 1) * width), (top + row) * SIDE + left);
  return image;
}
