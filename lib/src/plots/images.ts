import { isNDArray, shapeText } from "../np/internal";
import { checkRange, extent, type Range } from "./range";
import { finiteNumbers, rowsOf, short, type Numbers, type Rows } from "./values";

/** Pixels along each side of an MNIST image. */
export const SIDE = 28;

/** One image as an argument of a plot: 784 numbers in a row, or an ndarray of shape (28,28) or (1,28,28). */
export type Image = Numbers;

/** Several images as an argument: an ndarray of shape (N,784), (N,28,28) or (N,1,28,28), or a list of images. */
export type Images = Rows;

/** What is known of an image in a grid of images. */
export interface ShownImage {
  readonly index: number;
  readonly label?: number;
  readonly prediction?: number;
  readonly wrong: boolean;
  readonly probability?: readonly number[];
}

export function isNamed({ label, prediction }: ShownImage): boolean {
  return label !== undefined || prediction !== undefined;
}

/** The values of the 784 pixels. */
export function readImage(caller: string, argument: string, given: Image): number[] {
  const pixels = finiteNumbers(caller, argument, given);
  if (pixels.length !== SIDE * SIDE) {
    const found = isNDArray(given) ? `shape ${shapeText(given.shape)}` : `${pixels.length} values`;
    throw new RangeError(`${caller}: ${argument} of ${found}: wanted 784 values, 28 rows of 28`);
  }
  return pixels;
}

/**
 * The values that are black and white: the given ones, else 0 and 1 if all values lie between, 0 and 255 if all are
 * bytes, else the least and the greatest value.
 */
export function blackAndWhite(caller: string, images: readonly (readonly number[])[], given?: Range): Range {
  if (given !== undefined) {
    checkRange(caller, "range", given);
    return given;
  }
  const [least, greatest] = extent(images.flatMap(extent));
  if (least >= 0 && greatest <= 1) return [0, 1];
  const areBytes = least >= 0 && greatest <= 255 && images.every((image) => image.every(Number.isInteger));
  if (areBytes) return [0, 255];
  return least === greatest ? [least - 0.5, least + 0.5] : [least, greatest];
}

/** The part of a description that says which values are black and white, unless these are 0 and 1. */
export function shadesText([black, white]: Range): string {
  return black === 0 && white === 1 ? "" : `, black at ${short(black)} and white at ${short(white)}`;
}

/** The images of a batch. It does not read their pixels yet. */
export function imagesOf(caller: string, given: Images): readonly Image[] {
  return rowsOf(caller, "images", given);
}
