// The door of every npm command: sets up what is missing, then hands over to scripts/<command>.ts.
// It runs before any package is installed, so it imports nothing but Node and its own folder.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { commandEnvironment, root } from "./setup/environment.mjs";
import { fail, SetupError } from "./setup/errors.mjs";
import { withLock } from "./setup/lock.mjs";
import { steps } from "./setup/steps.mjs";
import { isCurrent, stamp } from "./setup/stamps.mjs";

const [command = "start", ...commandArguments] = process.argv.slice(2);

try {
  await setUp(command === "build");
  if (command !== "build") process.exitCode = await run(command, commandArguments);
} catch (error) {
  fail(error);
}

async function setUp(forceBuild) {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 20) {
    throw new SetupError(`Node ${process.versions.node} is too old: Node 20 or newer is wanted; install it from nodejs.org, or run: nvm install 20`);
  }
  const missing = () => steps.filter((step) => (forceBuild && step.name === "build") || !isCurrent(step));
  if (missing().length === 0) return;
  await withLock(async () => {
    const todo = missing();
    for (const [at, step] of todo.entries()) {
      const started = Date.now();
      process.stderr.write(`set-up ${at + 1}/${todo.length}: ${step.title} ...\n`);
      await step.run();
      stamp(step);
      process.stderr.write(`set-up ${at + 1}/${todo.length}: ${step.title}, done in ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
    }
  });
}

function run(name, args) {
  const script = join(root, "scripts", `${name}.ts`);
  if (!/^[a-z-]+$/.test(name) || !existsSync(script)) throw new SetupError(`no command called "${name}"; npm run lists them`);
  const child = spawn(process.execPath, ["--require", "ts-node/register/transpile-only", script, ...args], {
    cwd: root,
    env: commandEnvironment(),
    stdio: "inherit",
  });
  // Ctrl-C reaches the child by itself; this process waits to pass its exit code on.
  for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}
