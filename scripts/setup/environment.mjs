import { dirname, delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const windows = process.platform === "win32";
export const venv = join(root, ".venv");
export const venvBin = join(venv, windows ? "Scripts" : "bin");
export const venvPython = join(venvBin, windows ? "python.exe" : "python");
/** Stamps, logs, the lock, and the folders that Jupyter would otherwise make in the home folder. */
export const state = join(root, ".setup");

/** The environment of every command: .venv first on the path, Jupyter's and IPython's folders inside the checkout. */
export function commandEnvironment() {
  const jupyter = (name) => join(state, "jupyter", name);
  return {
    ...process.env,
    PATH: [venvBin, process.env.PATH].join(delimiter),
    VIRTUAL_ENV: venv,
    JUPYTER_CONFIG_DIR: jupyter("config"),
    JUPYTER_DATA_DIR: jupyter("data"),
    JUPYTER_RUNTIME_DIR: jupyter("runtime"),
    JUPYTERLAB_SETTINGS_DIR: jupyter("lab-settings"),
    JUPYTERLAB_WORKSPACES_DIR: jupyter("lab-workspaces"),
    IPYTHONDIR: jupyter("ipython"),
    MPLCONFIGDIR: jupyter("matplotlib"),
    PYTHONUTF8: "1",
    TS_NODE_PROJECT: join(root, "tsconfig.json"),
  };
}
