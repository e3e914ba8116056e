import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readOnly, records, root } from "./environment.mjs";

/** A problem that the user can solve: its message is one sentence with the command that solves it. */
export class SetupError extends Error {
  name = "SetupError";
}

/** Says what went wrong in one sentence, and makes the exit code 1. */
export function fail(error) {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 1;
}

const disk = [
  /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i,
  "the disk is full: free some space (df -h . shows it; the set-up wants about 2 GB) and run the command again",
];
const files = [
  /EACCES|EPERM|Permission denied|Operation not permitted|EROFS|Read-only file system/i,
  "a file could not be written: give yourself the right to write in this folder " +
    '(sudo chown -R "$(id -un)" . and chmod -R u+rwX .) and run the command again',
];
const offline = [
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT/i,
  /npm (error|ERR!) network|Network is unreachable|Temporary failure in name resolution/i,
  /NewConnectionError|ConnectTimeout|Max retries exceeded|ProxyError|ReadTimeout/i,
  /\(from versions: none\)/i,
];
const known = [
  disk,
  [
    /ensurepip is not available|No module named '?(venv|ensurepip)/i,
    "this Python has no venv or pip: install them " +
      "(on Debian and Ubuntu: sudo apt install python3-venv python3-pip) and run the command again",
  ],
  [
    offline,
    "the network cannot be reached, and the first set-up downloads packages: " +
      "connect (behind a proxy: export HTTPS_PROXY=...) and run the command again",
  ],
  files,
  [
    /THESE PACKAGES DO NOT MATCH THE HASHES|EINTEGRITY/i,
    "a downloaded package does not have the pinned digest: " +
      "run npm cache clean --force and python3 -m pip cache purge, then the command again",
  ],
];

const matches = (patterns, text) => [patterns].flat().some((pattern) => pattern.test(text));

/** Turns the output of a failed tool into one sentence. */
export function explain(what, printed, log) {
  const line = known.find(([patterns]) => matches(patterns, printed))?.[1];
  return new SetupError(`${what} failed: ${line ? `${line} (all it printed: ${log})` : unknown(log)}`);
}

const unknown = (log) =>
  `read ${log}, mend what it names, and run the command again, or make everything anew by: npm run build -- --again`;

/** The output of a compiler is the explanation, unless the compiler could not write its files. */
export function explainCompiler(what, printed, log) {
  if ([disk, files].some(([patterns]) => matches(patterns, printed))) return explain(what, printed, log);
  return new SetupError(`${printed.trim()}\n${what} failed: mend what is named above and run the command again`);
}

function sentence(error) {
  if (error instanceof SetupError) return error.message;
  const line = known.find(([patterns]) => matches(patterns, error?.code))?.[1];
  if (line) return `set-up failed at ${error.path ?? root}: ${line} (${error.code})`;
  const log = join(records, "fault.log");
  const mend = "remove .venv, .setup and node_modules (rm -rf) and run the command again";
  return `set-up failed: ${error?.message ?? error}: ${mend}${keep(error, log)}`;
}

function keep(error, log) {
  try {
    if (readOnly) return "";
    writeFileSync(log, `${error?.stack ?? error}\n`);
    return ` (where it happened: ${log})`;
  } catch {
    return "";
  }
}
