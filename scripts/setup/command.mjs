import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandEnvironment, root } from "./environment.mjs";

const GRACE = 10_000; // milliseconds that a command has to end after it was asked to
const lifetime = fileURLToPath(new URL("lifetime.cjs", import.meta.url));

/** Runs scripts/<name>.ts and returns its exit code. A signal that ends this process also ends the command. */
export function runCommand(name, args) {
  const script = join(root, "scripts", `${name}.ts`);
  const child = spawn(
    process.execPath,
    ["--require", lifetime, "--require", "ts-node/register/transpile-only", script, ...args],
    {
      cwd: root,
      env: { ...commandEnvironment(), DLFS_COMMAND: name, DLFS_PARENT: String(process.pid) },
      stdio: "inherit",
    },
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => pass(child, signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

// Ctrl+C also reaches the child directly. A second Ctrl+C changes nothing here, because JupyterLab is a child of the
// child.
function pass(child, signal) {
  child.kill(signal);
  if (signal !== "SIGINT") setTimeout(() => child.kill("SIGKILL"), GRACE).unref();
}
