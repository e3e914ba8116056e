import { spawn } from "node:child_process";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { makeFolder } from "./folder";
import { attached, root, state, venvPython } from "../tools/root";

const help = `
npm run lab [-- OPTION ...]

Opens JupyterLab at the contents page of the notebooks, on the loopback address and with a token, the TypeScript
kernel ready. Its root is the checkout, so that links to the sources open too.
Options go to jupyter lab, as --no-browser or --port=9999, and so does the path of a file to open instead.
`;

/** The project's settings for JupyterLab; the user's own settings override them. */
const SETTINGS = {
  "@jupyterlab/docmanager-extension:plugin": { defaultViewers: { markdown: "Markdown Preview" } },
  "@jupyterlab/codemirror-extension:plugin": { defaultConfig: { indentUnit: "2" } },
};

/** PAGE and OFFLINE turn off parts of JupyterLab that would use the network and that no notebook here needs. */
const PAGE = { disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true } };
const OFFLINE = "--LabApp.extension_manager=readonly";

function main(): void {
  const labOptions = process.argv.slice(2);
  if (labOptions.includes("--help")) return console.log(help.trim());
  writeSettings(join(process.env.JUPYTER_CONFIG_DIR ?? join(state, "jupyter", "config"), "labconfig"));
  const fixed = [
    OFFLINE,
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.root_dir=${root}`,
    "--LabApp.default_url=/lab/tree/notebooks/README.md",
  ];
  // without this option Jupyter refuses to run as root, which is the usual user in a container
  if (process.getuid?.() === 0) fixed.push("--ServerApp.allow_root=True");
  const server = spawn(venvPython, attached("-m", "jupyterlab", ...fixed, ...labOptions), {
    cwd: root,
    stdio: "inherit",
  });
  // on a terminal Ctrl+C also reaches the server, which asks the user to confirm
  process.on("SIGINT", () => process.stdin.isTTY || server.kill("SIGTERM"));
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => server.kill("SIGTERM"));
  server.on("exit", (code) => (process.exitCode = code ?? 1));
}

function writeSettings(folder: string): void {
  makeFolder(folder);
  writeFileSync(join(folder, "page_config.json"), JSON.stringify(PAGE));
  writeFileSync(join(folder, "default_setting_overrides.json"), JSON.stringify(SETTINGS));
}

main();
