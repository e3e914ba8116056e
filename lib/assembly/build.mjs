import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import path from "node:path";

const sources = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(sources, "../dist/routines.wasm");

/** 64 KiB pages; lib/src/wasm/arena.ts asks for the same. */
export const memoryPages = { initial: 16, maximum: 16384 };

/**
 * Compiles lib/assembly to lib/dist/routines.wasm unless it is newer than all that it is made of.
 * Resolves to true when it compiled; throws with the compiler's messages when the sources are wrong.
 */
export async function buildRoutines() {
  if (await isCurrent()) return false;
  const wasm = await compile();
  await mkdir(path.dirname(target), { recursive: true });
  const beside = `${target}.${process.pid}`;
  try {
    await writeFile(beside, wasm);
    await rename(beside, target);
  } finally {
    await rm(beside, { force: true });
  }
  return true;
}

async function isCurrent() {
  const compiler = createRequire(import.meta.url).resolve("assemblyscript/package.json");
  const files = (await readdir(sources)).map((name) => path.join(sources, name));
  const times = await Promise.all([...files, compiler].map(async (file) => (await stat(file)).mtimeMs));
  const built = await stat(target).catch(() => undefined);
  return built !== undefined && built.mtimeMs > Math.max(...times);
}

async function compile() {
  const { default: asc } = await import("assemblyscript/asc");
  let wasm;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main([
    "index.ts", "--baseDir", sources, "--outFile", "routines.wasm",
    "-O3", "--noAssert", "--runtime", "stub", "--use", "abort=",
    "--enable", "simd,threads", "--importMemory", "--sharedMemory",
    "--initialMemory", String(memoryPages.initial), "--maximumMemory", String(memoryPages.maximum),
  ], { stderr, writeFile: (name, contents) => { if (name.endsWith(".wasm")) wasm = contents; } });
  if (error) throw new Error(`lib/assembly does not compile:\n${stderr.toString()}`);
  return wasm;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await buildRoutines()) ? "compiled lib/dist/routines.wasm" : "lib/dist/routines.wasm is current");
}
