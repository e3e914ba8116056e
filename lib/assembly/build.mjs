import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";

const sources = path.dirname(fileURLToPath(import.meta.url));
/** 64 KiB pages; lib/src/wasm/arena.ts asks for the same. */
export const memoryPages = { initial: 16, maximum: 16384 };

/**
 * Compiles lib/assembly to `target`. The file is written under another name and then renamed, so `target` is never an
 * incomplete file. If the name ends in .wat, it gets the text form, in which functions keep the names of the sources.
 * @throws Error with the compiler's messages when the sources are wrong
 */
export async function buildRoutines(target) {
  const compiled = await compile(target.endsWith(".wat") ? "wat" : "wasm");
  await mkdir(path.dirname(target), { recursive: true });
  const beside = `${target}.${process.pid}`;
  try {
    await writeFile(beside, compiled);
    await rename(beside, target);
  } finally {
    await rm(beside, { force: true });
  }
}

async function compile(form) {
  const { default: asc } = await import("assemblyscript/asc");
  const asText = form === "wat" ? ["--textFile", "routines.wat", "--debug"] : [];
  let compiled;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    [
      "index.ts",
      "--baseDir",
      sources,
      "--outFile",
      "routines.wasm",
      ...asText,
      "-O3",
      "--noAssert",
      "--runtime",
      "stub",
      "--use",
      "abort=",
      "--enable",
      "simd,threads",
      "--importMemory",
      "--sharedMemory",
      "--initialMemory",
      String(memoryPages.initial),
      "--maximumMemory",
      String(memoryPages.maximum),
    ],
    {
      stderr,
      writeFile: (name, contents) => {
        if (name.endsWith(form)) compiled = contents;
      },
    },
  );
  if (error) throw new Error(`lib/assembly does not compile:\n${stderr.toString()}`);
  return compiled;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildRoutines(process.argv[2] ?? path.join(sources, "dist/routines.wasm"));
}
