import type { Assets } from "../host";
import { bytes } from "./bytes";
import { decodePicture } from "../picture";
import { site } from "./site";

const CLASSES = 10;
/** More than all of MNIST's images have. */
const MOST_BYTES = 70_000 * 784;

export const assets: Assets = {
  routines: () => site().routines,
  buildId: () => site().buildId,
  /** digits.bin, decompressed by gzip: ten numbers of 16 bits, the low byte first, then the images. */
  async digits() {
    const content = await bytes.gunzip(await site().fetch("digits.bin"), MOST_BYTES);
    const view = new DataView(content.buffer, content.byteOffset);
    const counts = Array.from({ length: CLASSES }, (_, digit) => view.getUint16(2 * digit, true));
    return { counts, images: content.subarray(2 * CLASSES) };
  },
  get drawsPictures() {
    return site().rasterize !== undefined;
  },
  rasterize(svg, scale) {
    const { rasterize } = site();
    if (rasterize === undefined) throw new Error("rasterize: this page draws no static pictures");
    return rasterize(svg, scale);
  },
  decode: async (address, orientation) => decodePicture(await site().svgParser(), address, orientation),
  loadRasterizer: () => Promise.resolve(),
};
