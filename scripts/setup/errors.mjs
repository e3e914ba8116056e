/** A trouble that the reader can mend: its message is one sentence with the command that mends it. */
export class SetupError extends Error {}

export function fail(error) {
  process.stderr.write(error instanceof SetupError ? `${error.message}\n` : `${error?.stack ?? error}\n`);
  process.exitCode = 1;
}

const known = [
  [/ENOSPC|No space left on device/i, "the disk is full: free some space (df -h . shows it; the set-up wants about 2 GB) and run the command again"],
  [/ensurepip is not available|No module named '?(venv|ensurepip)/i, "this Python has no venv or pip: install them (on Debian and Ubuntu: sudo apt install python3-venv python3-pip) and run the command again"],
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|network|Temporary failure in name resolution|NewConnectionError|ConnectTimeout|Max retries exceeded|ProxyError/i,
    "the network cannot be reached, and the first set-up downloads packages: connect (behind a proxy: export HTTPS_PROXY=...) and run the command again"],
  [/EACCES|EPERM|Permission denied|EROFS|Read-only file system/i, "a file could not be written: give yourself the right to write in this folder (ls -ld . shows it) and run the command again"],
  [/THESE PACKAGES DO NOT MATCH THE HASHES|EINTEGRITY/i, "a downloaded package does not have the pinned digest: run npm cache clean --force and python3 -m pip cache purge, then the command again"],
];

/** Turns what a failed tool printed into one sentence. */
export function explain(what, printed, log) {
  const line = known.find(([pattern]) => pattern.test(printed))?.[1];
  return new SetupError(`${what} failed: ${line ?? `read ${log}, mend what it names, and run the command again`}${line ? ` (all it printed: ${log})` : ""}`);
}
