import { spawn } from "node:child_process";
import { relative, resolve } from "node:path";
import { buildSite } from "../browser/build/site";
import { attached, CLONE, readOnly, root, venvPython } from "../tools/root";
import { readArguments, refuse } from "./arguments";

const help = `
npm run site [-- OPTION ...]

Builds the browser edition into site/: static files that any host serves, from any folder. A reader needs a browser and
nothing else.

  --serve       then serves it on the loopback address, until Ctrl+C
  --port N      the port to serve on (8000)
  --out FOLDER  another folder than site
  --help        this text
`;

const options = { serve: { type: "boolean" }, port: { type: "string" }, out: { type: "string" } } as const;

async function main(): Promise<void> {
  const { values } = readArguments(help, options);
  const { serve = false, port = "8000", out = "site" } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) refuse(`--port ${port}`, "a number from 0 to 65535");
  const folder = resolve(root, out);
  if (readOnly && folder.startsWith(root)) refuse(`${out}/ cannot be written here`, CLONE);
  console.log("building ...");
  await buildSite(folder);
  console.log(`the site is in ${relative(root, folder)}/`);
  if (serve) serveFolder(folder, port);
}

/** Python's own static server, which sets no headers: as a host that knows nothing of this site. */
function serveFolder(folder: string, port: string): void {
  const server = spawn(venvPython, attached("-m", "http.server", port, "--bind", "127.0.0.1", "--directory", folder), {
    stdio: ["ignore", "ignore", "inherit"],
  });
  console.log(`http://127.0.0.1:${port}/ serves it; Ctrl+C ends`);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => server.kill("SIGTERM"));
  server.on("exit", (code) => (process.exitCode = code ?? 0));
}

void main();
