import { accessSync, constants, existsSync, lstatSync, mkdirSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const windows = process.platform === "win32";
export const venv = join(root, ".venv");
export const venvBin = join(venv, windows ? "Scripts" : "bin");
export const venvPython = join(venvBin, windows ? "python.exe" : "python");

/** What the set-up itself keeps: its records, logs and locks. */
export const records = join(root, ".setup");

/** A checkout that others have set up and this user may only read. */
export const readOnly = !writable(root) || (existsSync(records) && !writable(records));

/** What commands keep between runs, as the folders that Jupyter would otherwise make in the home folder. */
export const state = readOnly
  ? join(process.env.XDG_STATE_HOME || join(homedir(), ".local", "state"), "dlfs")
  : records;
export const out = join(readOnly ? state : root, "out");

const jupyterFolders = {
  JUPYTER_CONFIG_DIR: "config",
  JUPYTER_DATA_DIR: "data",
  JUPYTER_RUNTIME_DIR: "runtime",
  JUPYTERLAB_SETTINGS_DIR: "lab-settings",
  JUPYTERLAB_WORKSPACES_DIR: "lab-workspaces",
  IPYTHONDIR: "ipython",
  MPLCONFIGDIR: "matplotlib",
};

/**
 * The environment of every command: .venv first on the path, the folders of Jupyter, IPython and ts-node in the state
 * folder.
 */
export function commandEnvironment() {
  const jupyter = Object.entries(jupyterFolders).map(([variable, name]) => [variable, join(state, "jupyter", name)]);
  return {
    ...process.env,
    ...Object.fromEntries(jupyter),
    PATH: [venvBin, process.env.PATH].join(delimiter),
    VIRTUAL_ENV: venv,
    PYTHONUTF8: "1",
    TS_NODE_PROJECT: join(root, "tsconfig.json"),
    V8_COMPILE_CACHE_CACHE_DIR: join(state, "v8-cache"),
    DLFS_STATE: state,
    DLFS_OUT: out,
  };
}

/** Makes what commandEnvironment names: IPython takes a temporary folder in place of one that is missing. */
export function makeStateFolders() {
  makeFolder(state);
  // connection files hold keys, so no other user may look in
  for (const name of Object.values(jupyterFolders)) makeFolder(join(state, "jupyter", name), 0o700);
}

/**
 * Makes a folder and those above it; where one is the set-up's own, a file or a dangling link in its place goes.
 * Node's recursive mkdir never returns where a file system refuses a new folder, as /proc does.
 */
export function makeFolder(folder, mode = 0o777) {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  if ([state, records].some((own) => folder.startsWith(own))) rmSync(folder, { force: true });
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (!isFolder(folder)) throw error; // else another run was quicker
  }
}

/** Removes whatever stands in the place of a file and is none. */
export function makeRoom(file) {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) rmSync(file, { recursive: true });
}

function isFolder(path) {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    return error.code === "EACCES"; // there, but not for us: whoever writes into it says so
  }
}

function writable(path) {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
