import { isNDArray, shapeText } from "../np/internal";
import { finiteNumbers, rowsOf, type Numbers, type Rows } from "./values";

/** Pixels along each side of an MNIST image. */
export const SIDE = 28;

/** One image as an argument of a plot: 784 numbers in a row, or an ndarray of shape (28,28) or (1,28,28). */
export type Image = Numbers;

/** Several images as an argument: an ndarray of shape (N,784), (N,28,28) or (N,1,28,28), or a list of images. */
export type Images = Rows;

/** The brightness of each of the 784 pixels from 0 to 1; an image with values above 1 is read as bytes up to 255. */
export function readImage(caller: string, argument: string, given: Image): number[] {
  const pixels = finiteNumbers(caller, argument, given);
  if (pixels.length !== SIDE * SIDE) {
    const found = isNDArray(given) ? `shape ${shapeText(given.shape)}` : `${pixels.length} values`;
    throw new RangeError(`${caller}: ${argument} of ${found}: wanted 784 values, 28 rows of 28`);
  }
  const white = pixels.some((pixel) => pixel > 1) ? 255 : 1;
  const at = pixels.findIndex((pixel) => pixel < 0 || pixel > white);
  if (at >= 0)
    throw new RangeError(`${caller}: ${argument}[${at}] = ${pixels[at]}: wanted a brightness from 0 to 1, or to 255`);
  return pixels.map((pixel) => pixel / white);
}

/** The images of a batch. It does not read their pixels yet. */
export function imagesOf(caller: string, given: Images): readonly Image[] {
  return rowsOf(caller, "images", given);
}
