import { spawn } from "node:child_process";
import { join, posix } from "node:path";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readLanguage, refuse } from "./arguments";
import { makeFolder } from "./folder";
import { attached, root, state, venvPython } from "../tools/root";

const help = `
npm run lab [-- OPTION ...]

Opens JupyterLab at the contents page of the notebooks, on the loopback address and with a token, the TypeScript
kernel ready. Its root is the checkout, so that links to the sources open too.

  --lang LANGUAGE   the Japanese (ja) or Chinese (zh) edition

All other options go to jupyter lab, as --no-browser or --port=9999, and so does the path of a file to open instead.
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
  const { language, labOptions } = readOptions(process.argv.slice(2));
  if (labOptions.includes("--help")) return console.log(help.trim());
  writeSettings(join(process.env.JUPYTER_CONFIG_DIR ?? join(state, "jupyter", "config"), "labconfig"));
  const fixed = [
    OFFLINE,
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.root_dir=${root}`,
    `--LabApp.default_url=/lab/tree/${posix.join("notebooks", language ?? "", "README.md")}`,
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

/** Takes --lang out of the options. */
function readOptions(given: readonly string[]): { language: string | undefined; labOptions: string[] } {
  const { tokens } = parseArgs({
    args: [...given],
    options: { lang: { type: "string" } },
    strict: false,
    tokens: true,
  });
  const found = tokens.filter((token) => token.kind === "option" && token.name === "lang");
  const taken = new Set(
    found.flatMap(({ index, ...token }) =>
      "inlineValue" in token && !token.inlineValue ? [index, index + 1] : [index],
    ),
  );
  const values = found.map((token) => ("value" in token ? token.value : undefined));
  if (values.includes(undefined)) refuse("--lang without a value", "one, as --lang=ja");
  return { language: readLanguage(values.at(-1)), labOptions: given.filter((_, i) => !taken.has(i)) };
}

function writeSettings(folder: string): void {
  makeFolder(folder);
  writeFileSync(join(folder, "page_config.json"), JSON.stringify(PAGE));
  writeFileSync(join(folder, "default_setting_overrides.json"), JSON.stringify(SETTINGS));
}

main();
