import { accessSync, constants, existsSync, lstatSync, mkdirSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const windows = process.platform === "win32";
export const venv = join(root, ".venv");
export const venvBin = join(venv, windows ? "Scripts" : "bin");
export const venvPython = join(venvBin, windows ? "python.exe" : "python");

/** The folder with the records, logs and locks of the set-up. */
export const records = join(root, ".setup");

/** Whether this user may only read the checkout, which somebody else has set up. */
export const readOnly = !writable(root) || (existsSync(records) && !writable(records));

/**
 * The folder with files that commands keep between runs, such as those that Jupyter would else write into the home
 * folder.
 */
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
    DLFS_USER_JUPYTER_DATA: process.env.JUPYTER_DATA_DIR ?? "", // for npm run install-kernel -- --user
    PATH: [venvBin, process.env.PATH].join(delimiter),
    VIRTUAL_ENV: venv,
    PYTHONUTF8: "1",
    TS_NODE_PROJECT: join(root, "tsconfig.json"),
    V8_COMPILE_CACHE_CACHE_DIR: join(state, "v8-cache"),
    DLFS_STATE: state,
    DLFS_OUT: out,
  };
}

/** Makes the folders of commandEnvironment: if its folder is missing, IPython uses a temporary one. */
export function makeStateFolders() {
  makeFolder(state);
  // connection files contain keys, so other users must not read them
  for (const name of Object.values(jupyterFolders)) makeFolder(join(state, "jupyter", name), 0o700);
}

/**
 * Makes a folder and its parent folders. For folders of the set-up, it removes a file or a dangling link with that
 * name. Node's recursive mkdir never returns on a file system that refuses new folders, such as /proc.
 */
export function makeFolder(folder, mode = 0o777) {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    const before = lstatSync(folder, { throwIfNoEntry: false });
    const isOurs = [state, records].some((own) => folder.startsWith(own));
    if (isOurs && before?.isDirectory() === false) rmSync(folder, { force: true });
    mkdirSync(folder, { mode });
  } catch (error) {
    if (!isFolder(folder)) throw error; // else another run has made it meanwhile
  }
}

/** If something that is not a file has the name of a file, removes it. */
export function makeRoom(file) {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) rmSync(file, { recursive: true });
}

function isFolder(path) {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    return error.code === "EACCES"; // it exists, but access is denied: a write into it will report that
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
