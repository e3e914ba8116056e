import type { TopLevelSpec } from "vega-lite";
import { host } from "../platform";
import type { VegaLiteSpec } from "./spec";

/** The PNG is twice as wide and high as it is shown, so that it is sharp on high-resolution screens and on paper. */
const SCALE = 2;

/** A PNG and the size at which it should be shown. */
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
 * Loads the modules that the first picture needs. This takes a quarter of a second, so they are not loaded together
 * with the library.
 */
export async function loadRenderer(): Promise<void> {
  await Promise.all([import("vega"), import("vega-lite"), host.assets.loadRasterizer()]);
}

async function renderSvg(spec: VegaLiteSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  // A copy, because Vega adds its own properties to the data. The cast: our type names only the parts that plots use.
  const compiled = vegaLite.compile(structuredClone(spec) as unknown as TopLevelSpec).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
