import { createHash } from "node:crypto";
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./environment.mjs";
import { explainCompiler } from "./errors.mjs";
import { filesBelow } from "./records.mjs";
import { runTool } from "./tool.mjs";

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const workspaces = ["lib", "kernel"];
const placeOf = (workspace) => join(root, workspace, "dist");

/**
 * Builds beside what is there and puts the new folder into its place when all is well: a kernel that starts meanwhile,
 * or a build that is broken off, meets the old one whole. A folder that would stay the same is left alone.
 */
export async function build(started) {
  for (const workspace of workspaces) rmSync(besideOf(workspace), { recursive: true, force: true });
  for (const workspace of workspaces) {
    await compile(`the build of ${workspace}`, [tsc, "-p", workspace, "--outDir", besideOf(workspace)], started);
  }
  const routines = [join(root, "lib", "assembly", "build.mjs"), join(besideOf("lib"), "routines.wasm")];
  await compile("the build of the WebAssembly routines", routines, started);
  for (const workspace of workspaces) writeFileSync(idFile(besideOf(workspace)), digestOf(besideOf(workspace)));
  const isNew = workspaces.map(isOtherBuild);
  workspaces.forEach(putInPlace);
  if (isNew.includes(true))
    process.stderr.write("kernels that run now go on with the former build: restart them to have this one\n");
}

const besideOf = (workspace) => `${placeOf(workspace)}.new`;
const compile = (what, args, started) => runTool(what, [process.execPath, ...args], started, explainCompiler);

/** lib/src/wasm/build.ts reads it. */
const idFile = (folder) => join(folder, "build-id");

/** Whether another build is there, and not only the same one, damaged. */
function isOtherBuild(workspace) {
  const [there, made] = [placeOf(workspace), besideOf(workspace)].map((folder) =>
    attempt(() => readFileSync(idFile(folder), "utf8")),
  );
  return there !== undefined && there !== made;
}

function putInPlace(workspace) {
  const [place, beside, old] = [placeOf(workspace), besideOf(workspace), `${placeOf(workspace)}.old`];
  if (attempt(() => digestOf(place)) === digestOf(beside)) return rmSync(beside, { recursive: true });
  rmSync(old, { recursive: true, force: true });
  if (lstatSync(place, { throwIfNoEntry: false })) renameSync(place, old);
  renameSync(beside, place);
  rmSync(old, { recursive: true, force: true });
}

/** Undefined where something is missing, cannot be read, or is no file. */
function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** What tells one build from another; the kernel's snapshot is made later, by the next step. */
export const buildDigests = () => workspaces.map((workspace) => digestOf(placeOf(workspace)));

function digestOf(folder) {
  const hash = createHash("sha256");
  for (const file of filesBelow(folder, ["snapshot"]))
    hash.update(relative(folder, file)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}
