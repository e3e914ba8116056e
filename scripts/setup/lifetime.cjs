// Ends a command when nobody waits for it any more. setup.mjs loads this file, and so does each command that setup.mjs
// starts, before any other file. It is CommonJS, because on Node 20 --require accepts nothing else.
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
 * Makes a signal end the process by process.exit, so that the listeners to "exit" run; by default they do not. If the
 * command has its own listener to the signal, that one decides.
 */
function endOnSignals() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
}

/** If npm or the shell that npm starts is killed, this process gets no signal: so it checks whether both still run. */
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

/** The pid of npm, if there is a shell between npm and this process, as on most systems. */
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

/** Ends the process when nobody reads its output any more, as in `npm start | head -1`. */
function endWithReader(stream) {
  stream.on("error", (error) => {
    if (error.code === "EPIPE") process.exit(128 + constants.signals.SIGPIPE);
    throw error;
  });
}

/**
 * Prints one sentence instead of a stack trace. The trace goes into a file or, in CI, where files are not kept, to the
 * terminal.
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
  // removed, because they are not meant for the children of the command
  for (const name of ["DLFS_COMMAND", "DLFS_PARENT"]) delete process.env[name];
}
