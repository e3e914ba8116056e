import timers from "node:timers";

/**
 * Immediates that outlive an interrupt. When the code of one is terminated, Node may drop others and go on counting
 * them: what awaits them waits for good, and the event loop never rests. It relies on clearImmediate taking an
 * immediate out of Node's count, and on nothing of tslab.
 */

const { setImmediate: schedule, clearImmediate: unschedule } = timers;
const waiting = new Map<NodeJS.Immediate, () => void>();

/** Keeps account of the immediates of this process from now on; those of node:timers/promises stay Node's own. */
export function trackImmediates(): void {
  const setImmediate = <T extends unknown[]>(callback: (...args: T) => void, ...args: T): NodeJS.Immediate =>
    typeof callback === "function" ? track(() => callback(...args)) : schedule(callback); // which throws
  const clearImmediate = (immediate: NodeJS.Immediate | undefined): void => {
    if (immediate) waiting.delete(immediate);
    unschedule(immediate);
  };
  Object.defineProperties(setImmediate, Object.getOwnPropertyDescriptors(schedule)); // promisify.custom among them
  for (const place of [globalThis, timers]) Object.assign(place, { setImmediate, clearImmediate });
}

/** After code has been terminated: schedules anew what Node has dropped. */
export function reviveImmediates(): void {
  const suspects = [...waiting.keys()];
  // Those that Node still has run before this one.
  track(() => suspects.forEach(revive));
}

function revive(immediate: NodeJS.Immediate): void {
  const run = waiting.get(immediate);
  if (!run) return;
  waiting.delete(immediate);
  unschedule(immediate);
  track(run);
}

function track(run: () => void): NodeJS.Immediate {
  const immediate = schedule(() => {
    waiting.delete(immediate);
    run();
  });
  waiting.set(immediate, run);
  return immediate;
}
