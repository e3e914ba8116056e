import { sharesMemory } from "./messages";
import { FETCHES, type FetchProgress } from "./offline/messages";
import type { Site, SiteFiles, ThreadWorker } from "dlfs/dist/platform/browser/site";

declare const BUILD_ID: string;

/** Gives the library what it needs of this site, and loads it. */
export async function loadLibrary(files: SiteFiles, pictures: boolean, onProgress: OnProgress): Promise<object> {
  const site: Site = {
    buildId: BUILD_ID,
    routines: await fetchFile("routines.wasm"),
    fetch: (name) => fetchFile(name, onProgress),
    files,
    // memory that threads share can be sent to them only on isolated pages
    threads: sharesMemory() ? navigator.hardwareConcurrency : 1,
    // a Worker's listeners take events with more properties than ThreadWorker names, which TypeScript refuses
    startThread: () =>
      new Worker(new URL("./thread.js", import.meta.url), { type: "module" }) as unknown as ThreadWorker,
    svgParser: async () => {
      const Resvg = await resvg(onProgress);
      return (svg) => new Resvg(svg);
    },
    rasterize: pictures ? rasterize : undefined,
  };
  Object.assign(globalThis, { [Symbol.for("dlfs.site")]: site });
  return import("dlfs");
}

/** Is told how many bytes of how many have come. */
export type OnProgress = (bytes: number, of: number) => void;

/** Fetches a file that the build has put beside this script. */
export async function fetchFile(name: string, onProgress?: OnProgress): Promise<Uint8Array> {
  const address = new URL(name, import.meta.url);
  address.searchParams.set("v", BUILD_ID); // files of two builds are never mixed
  let size = 0;
  const tell = (bytes: number, of: number): void => {
    size = of;
    onProgress?.(bytes, of);
  };
  const channel = onProgress && listen(address.pathname, tell);
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address.pathname}: ${response.status} ${response.statusText}`);
    const length = Number(response.headers.get("content-length"));
    // of a compressed answer, this is not the size of what arrives here
    if (!onProgress || !length || response.headers.has("content-encoding"))
      return new Uint8Array(await response.arrayBuffer());
    return await read(response.body!, length, tell);
  } finally {
    channel?.close();
    if (size > 0) tell(size, size); // also after an error, and if the service worker's last message comes too late
  }
}

/** The service worker tells how far it is; its answer comes as a whole. */
function listen(path: string, onProgress: OnProgress): BroadcastChannel {
  const channel = new BroadcastChannel(FETCHES);
  channel.onmessage = ({ data }: MessageEvent<FetchProgress>) => {
    if (data.path === path) onProgress(data.bytes, data.of);
  };
  return channel;
}

async function read(body: ReadableStream<Uint8Array>, size: number, onProgress: OnProgress): Promise<Uint8Array> {
  const content = new Uint8Array(size);
  const reader = body.getReader();
  let count = 0;
  onProgress(0, size);
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    content.set(part.value, count);
    count += part.value.length;
    onProgress(count, size);
  }
  return content;
}

const rasterize: Site["rasterize"] = async (svg, scale) => {
  const [Resvg, fontBuffers] = await Promise.all([resvg(), fonts()]);
  const font = { loadSystemFonts: false, fontBuffers, defaultFontFamily: "DejaVu Sans" };
  const image = new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font }).render();
  return { png: image.asPng(), width: image.width, height: image.height };
};

let fetchedFonts: Promise<Uint8Array[]> | undefined;
const fonts = () =>
  (fetchedFonts ??= Promise.all(["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) => fetchFile(name))));

let loadedResvg: ReturnType<typeof loadResvg> | undefined;
const resvg = (onProgress?: OnProgress) => (loadedResvg ??= loadResvg(onProgress));

async function loadResvg(onProgress?: OnProgress) {
  const fetched = fetchFile("resvg.wasm", onProgress);
  const [{ initWasm, Resvg }, wasm] = await Promise.all([import("@resvg/resvg-wasm"), fetched]);
  await initWasm(wasm as BufferSource);
  return Resvg;
}
