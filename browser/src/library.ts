import { sharesMemory } from "./messages";
import type { Site, SiteFiles, ThreadWorker } from "dlfs/dist/platform/browser/site";

declare const BUILD_ID: string;

/** Gives the library what it needs of this site, and loads it. */
export async function loadLibrary(files: SiteFiles, pictures: boolean): Promise<object> {
  const site: Site = {
    buildId: BUILD_ID,
    routines: await fetchFile("routines.wasm"),
    fetch: fetchFile,
    files,
    // memory that threads share can be sent to them only on isolated pages
    threads: sharesMemory() ? navigator.hardwareConcurrency : 1,
    // a Worker's listeners take events with more properties than ThreadWorker names, which TypeScript refuses
    startThread: () =>
      new Worker(new URL("./thread.js", import.meta.url), { type: "module" }) as unknown as ThreadWorker,
    svgParser: async () => {
      const Resvg = await resvg();
      return (svg) => new Resvg(svg);
    },
    rasterize: pictures ? rasterize : undefined,
  };
  Object.assign(globalThis, { [Symbol.for("dlfs.site")]: site });
  return import("dlfs");
}

/** Fetches a file that the build has put beside this script. */
export async function fetchFile(name: string): Promise<Uint8Array> {
  const address = new URL(name, import.meta.url);
  address.searchParams.set("v", BUILD_ID); // files of two builds are never mixed
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address.pathname}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

const rasterize: Site["rasterize"] = async (svg, scale) => {
  const [Resvg, fontBuffers] = await Promise.all([resvg(), fonts()]);
  const font = { loadSystemFonts: false, fontBuffers, defaultFontFamily: "DejaVu Sans" };
  const image = new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font }).render();
  return { png: image.asPng(), width: image.width, height: image.height };
};

let fetchedFonts: Promise<Uint8Array[]> | undefined;
const fonts = () => (fetchedFonts ??= Promise.all(["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map(fetchFile)));

let loadedResvg: ReturnType<typeof loadResvg> | undefined;
const resvg = () => (loadedResvg ??= loadResvg());

async function loadResvg() {
  const [{ initWasm, Resvg }, wasm] = await Promise.all([import("@resvg/resvg-wasm"), fetchFile("resvg.wasm")]);
  await initWasm(wasm as BufferSource);
  return Resvg;
}
