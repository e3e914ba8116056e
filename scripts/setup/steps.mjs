import { createRequire } from "node:module";
import { join } from "node:path";
import { buildDigest, buildKernel, buildLibrary, buildRoutines, ownData } from "./build.mjs";
import { makeRoom, root, venv } from "./environment.mjs";
import { installPackages, madeInModules, vitalOfPackages } from "./npm.mjs";
import { madeInVenv, makeVenv, pythonWorks, recordPython, vitalOfVenv } from "./python.mjs";
import { runTool } from "./tool.mjs";

const lockFiles = [
  "package.json",
  "package-lock.json",
  "lib/package.json",
  "kernel/package.json",
  "browser/package.json",
];
/** The files that a build reads besides its sources. */
const compilers = [...lockFiles, "tsconfig.json"];
const librarySources = ["lib/tsconfig.json", "lib/src"];
const kernelSources = ["kernel/tsconfig.json", "kernel/src"];
const kernelspec = join(venv, "share", "jupyter", "kernels", "tslab", "kernel.json");

/**
 * The steps of the set-up before a command runs, in order. A step runs again if its `identity` or the files in `inputs`
 * have changed, if a step in `after` has run, if a file in `vital` or `made` has changed, or if `works` returns false
 * for the value that `record` returned.
 */
export const steps = [
  {
    name: "npm",
    title: "npm packages (npm ci)",
    identity: () => [process.platform, process.arch],
    inputs: lockFiles,
    vital: vitalOfPackages,
    made: madeInModules,
    run: installPackages,
  },
  {
    name: "python",
    title: "Python packages (.venv: JupyterLab, nbclient, NumPy)",
    identity: () => [root, process.arch], // .venv contains its own path
    inputs: ["scripts/requirements.txt"],
    vital: vitalOfVenv,
    made: madeInVenv,
    record: recordPython,
    works: pythonWorks,
    run: makeVenv,
  },
  buildStep("routines", "the WebAssembly routines (asc)", ["lib/assembly"], buildRoutines),
  {
    ...buildStep(
      "library",
      "the library (tsc)",
      [...librarySources, ...ownData.map((name) => `data/${name}`)],
      buildLibrary,
    ),
    after: ["routines"], // the library contains a copy of the routines
  },
  buildStep("kernel", "the kernel (tsc)", kernelSources, buildKernel),
  {
    name: "kernelspec",
    title: "the kernelspec",
    identity: () => [root, process.execPath, process.version], // the kernelspec and the snapshot contain these
    inputs: [...compilers, ...kernelSources],
    after: ["npm", "python"],
    vital: () => [kernelspec],
    record: hasSnapshot,
    works: (had) => !had || hasSnapshot(),
    run: installKernel,
  },
];

function buildStep(name, title, sources, run) {
  const digest = buildDigest[name];
  return {
    name,
    title,
    isBuild: true, // npm run build always runs it
    identity: () => [],
    inputs: [...compilers, ...sources],
    vital: () => [],
    record: digest,
    works: (recorded) => digest() === recorded,
    run,
  };
}

async function installKernel(started) {
  makeRoom(kernelspec);
  await runTool(
    "the kernelspec",
    [process.execPath, join(root, "kernel", "dist", "start", "install.js"), "--prefix", venv],
    started,
  );
}

/** Whether the kernel would now start from its snapshot: other steps replace files from which the snapshot was made. */
function hasSnapshot() {
  const require = createRequire(import.meta.url);
  const file = join(root, "kernel", "dist", "start", "snapshot.js");
  delete require.cache[file]; // it may have been built since
  try {
    return "blob" in require(file).currentSnapshot();
  } catch {
    return false;
  }
}
