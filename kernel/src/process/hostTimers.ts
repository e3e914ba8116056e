import timers from "node:timers";

/**
 * Node's own timers, for the kernel's use; the timers that cells see are bound to their cell. This file must be loaded
 * before installTimers() is called.
 */
export const { setTimeout, setInterval, setImmediate, clearTimeout } = timers;
export const { queueMicrotask } = globalThis;
