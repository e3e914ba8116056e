import type { Pixels } from "./host";

/** Decodes pictures by resvg, so that the same file gives the same pixels on every host. */

/** The parts of the class Resvg that are used; the packages @resvg/resvg-js and @resvg/resvg-wasm both have it. */
export interface ParsedSvg {
  /** The box around everything visible; undefined if nothing is. */
  getBBox(): { readonly width: number; readonly height: number } | undefined;
  render(): { readonly width: number; readonly height: number; readonly pixels: Uint8Array };
}

/** More pixels than a camera gives; a small file may declare a picture that fills the memory. */
const MOST_PIXELS = 200e6;

/**
 * Decodes a picture, on white where it is transparent.
 *
 * @param parse - makes a Resvg of an SVG text
 * @param address - the picture as a data: address of the type image/png, image/jpeg, image/gif or image/svg+xml
 * @param orientation - how the picture is to be turned or mirrored: the value 1 to 8 of the tag Orientation in EXIF
 * @returns undefined if it cannot be decoded
 * @throws RangeError if it has more than 200 million pixels
 */
export function decodePicture(
  parse: (svg: string) => ParsedSvg,
  address: string,
  orientation: number,
): Pixels | undefined {
  const image = `<image href="${address}"/>`;
  // an image without a size has its own
  const size = parse(svgOf(1, 1, image)).getBBox();
  const [width, height] = [Math.round(size?.width ?? 0), Math.round(size?.height ?? 0)];
  if (width === 0 || height === 0) return undefined;
  if (width * height > MOST_PIXELS)
    throw new RangeError(`${width} x ${height} pixels: wanted at most ${MOST_PIXELS / 1e6} million`);
  const { matrix, swaps } = turned(width, height, orientation);
  const [w, h] = swaps ? [height, width] : [width, height];
  const paper = `<rect width="${w}" height="${h}" fill="white"/>`;
  const drawn = parse(svgOf(w, h, `${paper}<g transform="matrix(${matrix.join(" ")})">${image}</g>`)).render();
  return { width: drawn.width, height: drawn.height, rgba: drawn.pixels };
}

function svgOf(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
}

/** The matrix a b c d e f of SVG that shows a picture upright, and whether its width becomes its height. */
function turned(width: number, height: number, orientation: number): { matrix: number[]; swaps: boolean } {
  const matrices = [
    [1, 0, 0, 1, 0, 0],
    [-1, 0, 0, 1, width, 0],
    [-1, 0, 0, -1, width, height],
    [1, 0, 0, -1, 0, height],
    [0, 1, 1, 0, 0, 0],
    [0, 1, -1, 0, height, 0],
    [0, -1, -1, 0, height, width],
    [0, -1, 1, 0, 0, width],
  ];
  return { matrix: matrices[orientation - 1] ?? matrices[0], swaps: orientation >= 5 && orientation <= 8 };
}
