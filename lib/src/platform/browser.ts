import type { Events, Host, Terminal } from "./host";
import { assets } from "./browser/assets";
import { bytes } from "./browser/bytes";
import { files } from "./browser/files";
import { threads } from "./browser/threads";

/** Posts messages to itself: a message is a turn of the event loop without the 4 ms that a timer may take. */
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
// Node's types do not know that ports have this property
(channel.port1 as { onmessage?: () => void }).onmessage = () => waiting.shift()?.();

function afterThisTurn(callback: () => void): void {
  waiting.push(callback);
  channel.port2.postMessage(undefined);
}

const events: Events = {
  turn: () => new Promise(afterThisTurn),
  afterThisTurn,
  later(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  // a browser has no signals: the kernel gives each cell a signal of its own
  onInterrupt: () => () => {},
  endUnlessHeard: () => {},
};

const terminal: Terminal = {
  rewriteLine: () => {},
  writeLine: (line) => console.error(line),
};

/** The implementation of Host for a browser. */
export const host: Host = {
  files,
  bytes,
  threads,
  assets,
  events,
  terminal,
  warn: (message) => console.warn(message),
  loadedModule: () => undefined,
};
