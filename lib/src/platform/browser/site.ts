import type { Raster } from "../host";
import type { ParsedSvg } from "../picture";

/**
 * What the page or worker that loads the library gives to it. It must be at `globalThis[Symbol.for("dlfs.site")]`
 * before the library is loaded.
 */
export interface Site {
  /** An id that is different for each build of the site. */
  readonly buildId: string;
  /** The compiled routines, lib/assembly/dist/routines.wasm. */
  readonly routines: Uint8Array;
  /** Fetches a file of the library, such as "digits.bin". */
  fetch(name: "digits.bin"): Promise<Uint8Array>;
  readonly files: SiteFiles;
  /** The number of threads to use, including this one. */
  readonly threads: number;
  /** Starts a worker that loads wasm/worker. */
  startThread(): ThreadWorker;
  /** Loads resvg, and returns a function that makes a Resvg of an SVG text. */
  svgParser(): Promise<(svg: string) => ParsedSvg>;
  /** Draws an SVG picture as `Assets.rasterize` does; missing if plots shall add no static picture. */
  rasterize?(svg: string, scale: number): Promise<Raster>;
}

/** The files that the reader sees beside the notebook. */
export interface SiteFiles {
  /** The folder of the notebook, to which paths are relative. */
  readonly folder: string;
  readonly dataFolder: string;
  /** Undefined if there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  exists(path: string): Promise<boolean>;
  write(path: string, content: Uint8Array): Promise<void>;
}

/** The parts of a browser's Worker that are used. */
export interface ThreadWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** @throws Error if the page has not set it */
export function site(): Site {
  const given = (globalThis as { [key: symbol]: Site | undefined })[Symbol.for("dlfs.site")];
  if (given === undefined) throw new Error('dlfs: no globalThis[Symbol.for("dlfs.site")]: wanted a Site');
  return given;
}
