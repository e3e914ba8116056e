/**
 * The kernel's own listeners on process: a cell that removes all listeners means those of cells. Without these an error
 * that nobody catches would end the process. It relies on nothing of tslab.
 */

const kept: [event: string, listener: (...args: never[]) => void][] = [];

/** Adds a listener that stays. */
export function keepListener(event: string, listener: (...args: never[]) => void): void {
  if (kept.length === 0) watch();
  kept.push([event, listener]);
  process.on(event as "SIGINT", listener as () => void);
}

function watch(): void {
  const { removeAllListeners, removeListener } = process;
  process.removeAllListeners = (...args) => {
    removeAllListeners.apply(process, args);
    return putBack();
  };
  process.removeListener = process.off = (...args: Parameters<typeof removeListener>) => {
    removeListener.apply(process, args);
    return putBack();
  };
}

function putBack(): NodeJS.Process {
  for (const [event, listener] of kept) {
    if (!process.rawListeners(event as "SIGINT").includes(listener as () => void))
      process.prependListener(event as "SIGINT", listener as () => void);
  }
  return process;
}
