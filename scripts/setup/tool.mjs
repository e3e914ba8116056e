import { spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandEnvironment, makeFolder, makeRoom, records, root, windows } from "./environment.mjs";
import { explain } from "./errors.mjs";

const guard = fileURLToPath(new URL("guard.mjs", import.meta.url));

/**
 * Runs a tool. Its output goes into a log, and its newest line is shown on the terminal. If it fails, `explained` turns
 * the output into one sentence. `started` gets the pid of the guard, which ends when the tool and its children have
 * ended.
 */
export async function runTool(what, [file, ...args], started = () => {}, explained = explain) {
  const log = logFile(what);
  const child = spawn(process.execPath, [guard, file, ...args], {
    cwd: root,
    env: commandEnvironment(),
    stdio: ["pipe", "pipe", "pipe"],
    detached: !windows,
    windowsHide: true,
  });
  const sink = createWriteStream(log);
  const trouble = [];
  for (const source of [sink, child, child.stdin]) source.on("error", (error) => trouble.push(error));
  if (child.pid) started(child.pid);
  for (const output of [child.stdout, child.stderr]) output.on("data", (chunk) => (sink.write(chunk), showLast(chunk)));
  const code = await new Promise((resolve) =>
    child.on("close", resolve).on("exit", (_, signal) => signal && sweep(child.pid)),
  );
  started(undefined);
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  await new Promise((done) => sink.end(done));
  if (trouble.length > 0) throw explained(what, String(trouble[0]), log);
  if (code !== 0) throw explained(what, readFileSync(log, "utf8"), log);
}

function logFile(what) {
  makeFolder(records);
  const log = join(records, `${what.replace(/[^a-z]+/gi, "-")}.log`);
  makeRoom(log);
  return log;
}

function showLast(chunk) {
  if (!process.stderr.isTTY) return;
  const line = chunk
    .toString()
    .trim()
    .split("\n")
    .at(-1)
    .slice(0, (process.stderr.columns ?? 80) - 4);
  process.stderr.write(`\r\x1b[K  ${line}`);
}

// If a guard was killed, its tools still run and keep the pipes open.
function sweep(group) {
  try {
    if (!windows) process.kill(-group, "SIGKILL");
  } catch {
    // none is left
  }
}
