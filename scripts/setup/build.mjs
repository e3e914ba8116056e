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
 * The three builds, each with its own folder. A build writes a new folder beside the old one and replaces the old one
 * when it has succeeded: so the old folder stays complete for a kernel that starts meanwhile, and after a build that
 * fails or is stopped. If the new folder has the same content, the old one is kept.
 */

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

/** The folder in which the library's tests find the routines; the library's build copies them into its own folder. */
const routines = join(root, "lib", "assembly", "dist");
const library = join(root, "lib", "dist");
const kernel = join(root, "kernel", "dist");
/** The project's own files in data/, which the library needs where there is no checkout. */
export const ownData = ["sample_network.npz", "digit.svg"];

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
    mkdirSync(join(beside, "files"), { recursive: true });
    for (const name of ownData) copyFileSync(join(root, "data", name), join(beside, "files", name));
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
 * Compiles a workspace. With the file .tsbuildinfo of the last build, tsc compiles only what has changed since. So tsc
 * gets a copy of the old folder, unless that is damaged: then it compiles everything.
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

/** Whether the source of a compiled file still exists: tsc does not remove the files of deleted or renamed sources. */
function hasSource(workspace, folder, file) {
  const source = relative(folder, file).replace(/(\.d\.ts|\.js|\.js\.map)$/, ".ts");
  return source === ".tsbuildinfo" || existsSync(join(root, workspace, "src", source));
}

const compile = (what, args, started) => runTool(what, [process.execPath, ...args], started, explainCompiler);

/** Makes a folder by `make`, replaces the old one by it, and returns whether there was a different build before. */
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

/** The id that is different for builds with different code: lib/src/platform/node/assets.ts reads it. */
const idOf = (folder) => attempt(() => readFileSync(join(folder, "build-id"), "utf8"));

/** The result of `read`; undefined if it throws, because a file is missing, cannot be read, or is not a file. */
function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The digest that the build step records of the folder that it made, so that damage can be detected. */
export const buildDigest = {
  routines: () => digestOf(routines),
  library: () => digestOf(library),
  kernel: () => digestOf(kernel),
};

/** The digest of a build. It leaves out the kernel's snapshot, which a later step writes into the same folder. */
const digestOf = (folder) => hashOf(folder, filesBelow(folder, ["snapshot"]));

/** The digest of the code only: comments in declarations and types may differ between two builds of the same code. */
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
