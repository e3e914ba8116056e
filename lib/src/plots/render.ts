import type { TopLevelSpec } from "vega-lite";
import { host } from "../platform";
import type { VegaLiteSpec } from "./spec";

/** Pixels of the file for each of the picture's own, so that it stays sharp on a dense screen and on paper. */
const SCALE = 2;

/** A static picture and the size at which it is to be shown. */
export interface StaticPicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Draws a specification: the same bytes on every machine. */
export async function renderPng(spec: VegaLiteSpec): Promise<StaticPicture> {
  const svg = await renderSvg(spec);
  const { png, width, height } = await host.assets.rasterize(svg, SCALE);
  return { png, width: Math.round(width / SCALE), height: Math.round(height / SCALE) };
}

/**
 * Loads ahead of time what the first picture would load: a quarter of a second, which the library's own start is
 * spared.
 */
export async function loadRenderer(): Promise<void> {
  await Promise.all([import("vega"), import("vega-lite"), host.assets.loadRasterizer()]);
}

async function renderSvg(spec: VegaLiteSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  // a copy, because Vega writes marks of its own into the data
  const compiled = vegaLite.compile(structuredClone(spec) as unknown as TopLevelSpec).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
