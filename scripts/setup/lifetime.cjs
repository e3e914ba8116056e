// Loaded by setup.mjs and, before anything else, by each command that it starts: how a command ends when nobody waits
// for it any more. CommonJS, for --require takes nothing else on Node 20.
const { spawnSync } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const { constants } = require("node:os");
const { join } = require("node:path");
const { isMainThread } = require("node:worker_threads");

const CHECK = 500; // milliseconds between two looks at the parent

function install() {
  endOnSignals();
  endWithParent(Number(process.env.DLFS_PARENT) || process.ppid);
  endWithReader(process.stdout);
  endWithReader(process.stderr);
}

/**
 * Runs what listens to "exit", which by default a signal does not; a command that handles a signal itself goes first.
 */
function endOnSignals() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
}

/** Killing npm or the shell that npm starts reaches nobody else: so this process looks after both. */
function endWithParent(parent) {
  if (process.platform === "win32") return;
  const npm = npmBehindShell(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || isThere(npm))) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, CHECK);
  timer.unref();
}

/** npm, where a shell stands between it and this process, as it does on most systems. */
function npmBehindShell(parent) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const [name, pid] = process.platform === "linux" ? linuxParent(parent) : otherParent(parent);
  return /^-?(.*\/)?(|a|ba|da|k|z)sh$/.test(name) ? Number(pid) : undefined;
}

/** The name of a process, and the number of its parent. */
function linuxParent(pid) {
  try {
    return /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.slice(1) ?? [];
  } catch {
    return [];
  }
}

function otherParent(pid) {
  const { stdout } = spawnSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" });
  const [, parent, name] = /^\s*(\d+)\s+(.*)/.exec(stdout ?? "") ?? [];
  return [name, parent];
}

function isThere(pid) {
  if (process.platform === "linux") return Number(linuxParent(process.ppid)[1]) === pid;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** As every tool in a pipe does: `npm start | head -1` needs no more lines. */
function endWithReader(stream) {
  stream.on("error", (error) => {
    if (error.code === "EPIPE") process.exit(128 + constants.signals.SIGPIPE);
    throw error;
  });
}

/**
 * In place of a stack trace one sentence; the trace goes into a file, or onto the terminal in CI, where no file is
 * kept.
 */
function tellFaults(command, folder) {
  process.on("uncaughtException", (error) => {
    const text = error?.stack ?? String(error);
    console.error(
      process.env.CI
        ? text
        : `npm run ${command}: ${firstLine(error)}${keep(join(folder, `${command}-fault.log`), text)}`,
    );
    process.exit(1);
  });
}

const firstLine = (error) => String(error?.message ?? error).split("\n")[0];

function keep(file, text) {
  try {
    writeFileSync(file, `${text}\n`);
    return ` (where it happened: ${file})`;
  } catch {
    return "";
  }
}

module.exports = { install };

const { DLFS_COMMAND: command, DLFS_STATE: folder } = process.env;
if (command && isMainThread) {
  install();
  tellFaults(command, folder);
  // they are not for what the command starts
  for (const name of ["DLFS_COMMAND", "DLFS_PARENT"]) delete process.env[name];
}
