import { format, inspect } from "node-inspect-extracted";
import type { Host } from "../../kernel/src/cells";
import { CODE_BEFORE } from "./executor";
import { clearTimeout, queueMicrotask, scope, setImmediate, setTimeout } from "./scope";
import { decodeSourceMap } from "./sourceMap";

const log = console.error.bind(console);

/** A worker of a browser as the host of kernel/src/compile and kernel/src/cells. */
export const browserHost: Host = {
  log,
  timers: {
    setTimeout: (call, milliseconds) => setTimeout(call, milliseconds),
    clearTimeout: (timer) => clearTimeout(timer as number | undefined),
    setImmediate,
    queueMicrotask: (call) => queueMicrotask(call),
  },
  inspect,
  format,
  sourceMaps: { decode: decodeSourceMap, beside: () => undefined },
  codeBefore: CODE_BEFORE,
  isMachinery: (file) => !file.startsWith("/"), // all files but the reader's own modules are those of this site
  onUncaught(listener) {
    scope.addEventListener("error", (event) => {
      event.preventDefault();
      listener(event.error ?? new Error(event.message));
    });
    scope.addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      listener(event.reason);
    });
  },
  // there are no signals in a browser: each cell has a signal of its own
  interrupts: { install() {}, areThere: () => false, call() {}, isOfChildProcess: () => false },
  modules: { update() {}, dropHalfLoaded() {} },
};
