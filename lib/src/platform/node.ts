import { clearLine, cursorTo } from "node:readline";
import { setImmediate as turn } from "node:timers/promises";
import type { Events, Host, Terminal } from "./host";
import { assets } from "./node/assets";
import { bytes } from "./node/bytes";
import { files } from "./node/files";
import { threads } from "./node/threads";

const events: Events = {
  turn: () => turn(),
  afterThisTurn: (callback) => void setImmediate(callback),
  later(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds).unref();
    return () => clearTimeout(timer);
  },
  onInterrupt(listener) {
    process.on("SIGINT", listener);
    return () => process.removeListener("SIGINT", listener);
  },
  endUnlessHeard() {
    if (process.listenerCount("SIGINT") === 0) process.kill(process.pid, "SIGINT");
  },
};

const terminal: Terminal = {
  rewriteLine(line) {
    if (!process.stderr.isTTY) return;
    cursorTo(process.stderr, 0);
    process.stderr.write(line.slice(0, process.stderr.columns - 1));
    clearLine(process.stderr, 1);
  },
  writeLine: (line) => void process.stderr.write(`${line}\n`),
};

/** The implementation of Host for Node. */
export const host: Host = {
  files,
  bytes,
  threads,
  assets,
  events,
  terminal,
  warn: (message) => process.emitWarning(message),
  loadedModule: (fileName) =>
    Object.values(require.cache).find((loaded) => fileName.test(loaded?.filename ?? ""))?.exports,
};
