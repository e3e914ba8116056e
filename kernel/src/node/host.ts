import path from "node:path";
import { format, inspect } from "node:util";
import type { Host, InterruptListeners } from "../cells";
import {
  clearTimeout,
  isOfInterruptedChild,
  keepListener,
  log,
  queueMicrotask,
  setImmediate,
  setTimeout,
} from "../process";
import { dropHalfLoaded } from "./halfLoaded";
import { updateModules } from "./moduleLoader";
import { sourceMaps } from "./sourceMaps";

/** Node as the host of compile/ and cells/. */

const KERNEL_FOLDER = path.dirname(__dirname) + path.sep;
const TSLAB_FOLDER = ["", "tslab", "dist", ""].join(path.sep);

const interrupts: InterruptListeners = {
  install: () => keepListener("SIGINT", () => {}),
  areThere: () => process.listenerCount("SIGINT") > 1, // besides the kernel's own
  call: () => void process.emit("SIGINT"),
  isOfChildProcess: isOfInterruptedChild,
};

export const nodeHost: Host = {
  log,
  timers: {
    setTimeout,
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
    setImmediate,
    queueMicrotask,
  },
  inspect, // itself: see Host
  format,
  sourceMaps,
  isMachinery: (file) =>
    file.startsWith(KERNEL_FOLDER) || file.includes(TSLAB_FOLDER) || /^node:(internal|vm)/.test(file),
  onUncaught(listener) {
    keepListener("uncaughtException", listener);
    keepListener("unhandledRejection", listener);
  },
  interrupts,
  modules: { update: updateModules, dropHalfLoaded },
};
