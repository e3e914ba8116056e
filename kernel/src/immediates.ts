import timers from "node:timers";

/**
 * Immediates that an interrupt may hit. Where the code of one is terminated, Node drops those behind it, goes on counting
 * them, so that the event loop never rests, and fails in its own code if others ran before. Here the callback of an
 * immediate only queues its code as a microtask, which runs next, but outside Node's walk through the immediates.
 * It relies on nothing of tslab.
 */
export function installImmediates(): void {
  const schedule = timers.setImmediate;
  const setImmediate = <T extends unknown[]>(callback: (...args: T) => void, ...args: T): NodeJS.Immediate =>
    schedule(typeof callback === "function" ? () => queueMicrotask(() => callback(...args)) : callback);
  Object.defineProperties(setImmediate, Object.getOwnPropertyDescriptors(schedule)); // promisify.custom among them
  for (const place of [globalThis, timers]) Object.assign(place, { setImmediate });
}
