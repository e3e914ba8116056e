import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { root } from "./environment.mjs";
import { explainCompiler } from "./errors.mjs";
import { filesBelow } from "./records.mjs";
import { runTool } from "./tool.mjs";

/**
 * The three builds, each into a folder of its own. Each builds beside what is there and puts the new folder into its
 * place when all is well: a kernel that starts meanwhile, or a build that is broken off, meets the old one whole. A
 * folder that would stay the same is left alone.
 */

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

/** Where the library's tests find the routines; the library's build takes a copy into its own folder. */
const routines = join(root, "lib", "assembly", "dist");
const library = join(root, "lib", "dist");
const kernel = join(root, "kernel", "dist");

export const buildRoutines = (started) =>
  replace(routines, (beside) => {
    mkdirSync(beside);
    const line = [join(root, "lib", "assembly", "build.mjs"), join(beside, "routines.wasm")];
    return compile("the build of the WebAssembly routines", line, started);
  });

export async function buildLibrary(started) {
  const isOther = await replace(library, async (beside) => {
    await compileTypeScript("lib", library, beside, started);
    copyFileSync(join(routines, "routines.wasm"), join(beside, "routines.wasm"));
  });
  if (isOther) tellKernels("library");
}

export async function buildKernel(started) {
  const isOther = await replace(kernel, (beside) => compileTypeScript("kernel", kernel, beside, started));
  if (isOther) tellKernels("kernel");
}

const tellKernels = (what) =>
  process.stderr.write(`kernels that run now go on with the former ${what}: restart them to have this one\n`);

/**
 * Compiles a workspace. tsc compares with what it wrote down in the folder before (.tsbuildinfo) and compiles what has
 * changed since, so it is given a copy of the folder; a damaged folder has to be compiled whole.
 */
async function compileTypeScript(workspace, place, beside, started) {
  const record = join(beside, ".tsbuildinfo");
  if (idOf(place) === attempt(() => codeDigest(place))) {
    cpSync(place, beside, { recursive: true, filter: (file) => file !== join(place, "snapshot") });
    for (const file of filesBelow(beside).filter((made) => !hasSource(workspace, beside, made))) rmSync(file);
  }
  const line = [tsc, "-p", workspace, "--outDir", beside, "--incremental", "--tsBuildInfoFile", record];
  await compile(`the build of ${workspace}`, line, started);
}

/** Whether the file of a source is still wanted: tsc does not remove what a deleted or renamed source left. */
function hasSource(workspace, folder, file) {
  const source = relative(folder, file).replace(/(\.d\.ts|\.js|\.js\.map)$/, ".ts");
  return source === ".tsbuildinfo" || existsSync(join(root, workspace, "src", source));
}

const compile = (what, args, started) => runTool(what, [process.execPath, ...args], started, explainCompiler);

/** Makes a folder by `make`, puts it into its place, and says whether another build was there. */
async function replace(place, make) {
  const [beside, old] = [`${place}.new`, `${place}.old`];
  rmSync(beside, { recursive: true, force: true });
  await make(beside);
  writeFileSync(join(beside, "build-id"), codeDigest(beside));
  const former = idOf(place);
  const isOther = former !== undefined && former !== idOf(beside);
  if (attempt(() => digestOf(place)) === digestOf(beside)) rmSync(beside, { recursive: true });
  else {
    rmSync(old, { recursive: true, force: true });
    if (lstatSync(place, { throwIfNoEntry: false })) renameSync(place, old);
    renameSync(beside, place);
    rmSync(old, { recursive: true, force: true });
  }
  return isOther;
}

/** What tells the code of one build from another's: lib/src/platform/node/assets.ts reads it. */
const idOf = (folder) => attempt(() => readFileSync(join(folder, "build-id"), "utf8"));

/** Undefined where something is missing, cannot be read, or is no file. */
function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** What the build step remembers of the folder that it made, so that damage is seen. */
export const buildDigest = {
  routines: () => digestOf(routines),
  library: () => digestOf(library),
  kernel: () => digestOf(kernel),
};

/** The kernel's snapshot stands in its folder too, but is made by a later step. */
const digestOf = (folder) => hashOf(folder, filesBelow(folder, ["snapshot"]));

/** Comments and types may differ between two builds of the same code. */
const codeDigest = (folder) =>
  hashOf(
    folder,
    filesBelow(folder, ["snapshot"]).filter((file) => /\.(js|wasm)$/.test(file)),
  );

function hashOf(folder, files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(relative(folder, file)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}
