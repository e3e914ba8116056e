import timers from "node:timers";

/**
 * Node's own timers, for the kernel: those that cells find are bound to their cell. Load this before installTimers() is
 * called. It relies on nothing of tslab.
 */
export const { setTimeout, setInterval, setImmediate, clearTimeout } = timers;
export const { queueMicrotask } = globalThis;
