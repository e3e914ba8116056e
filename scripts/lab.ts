import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attached, root, state, venvPython } from "./root";

const help = `
npm run lab [-- OPTION ...]

Opens JupyterLab at notebooks/, on the loopback address and with a token, the TypeScript kernel ready.
Options go to jupyter lab, as --no-browser or --port=9999.
`;

const labOptions = process.argv.slice(2);
if (labOptions.includes("--help")) {
  console.log(help.trim());
} else {
  // Both ask the network for something that no notebook here needs.
  const config = join(process.env.JUPYTER_CONFIG_DIR ?? join(state, "jupyter", "config"), "labconfig");
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, "page_config.json"), JSON.stringify({ disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true } }));
  const fixed = ["--ServerApp.ip=127.0.0.1", `--ServerApp.root_dir=${join(root, "notebooks")}`, "--LabApp.extension_manager=readonly"];
  // Jupyter refuses root, the usual user inside a container, unless told
  if (process.getuid?.() === 0) fixed.push("--ServerApp.allow_root=True");
  const server = spawn(venvPython, attached("-m", "jupyterlab", ...fixed, ...labOptions), { cwd: root, stdio: "inherit" });
  // Ctrl+C reaches the server by itself, and it asks whether that was meant
  process.on("SIGINT", () => process.stdin.isTTY || server.kill("SIGTERM"));
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => server.kill("SIGTERM"));
  server.on("exit", (code) => (process.exitCode = code ?? 1));
}
