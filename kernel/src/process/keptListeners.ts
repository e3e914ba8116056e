/**
 * Keeps the kernel's own listeners on process when a cell removes all listeners. Without them, an uncaught error would
 * end the process.
 */

const kept: [event: string, listener: (...args: never[]) => void][] = [];

/** Adds a listener that cells cannot remove. */
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
