let current: AbortController | undefined;

/**
 * A signal that aborts when the notebook's stop button is pressed, or Ctrl-C in a script.
 * A second Ctrl-C ends a script as usual.
 *
 * @example
 * const history = await train(network, mnist, { signal: interruptSignal() });
 * history.stopped; // true after the stop button, with what was learnt so far in network.params
 */
export function interruptSignal(): AbortSignal {
  if (current === undefined) {
    // one listener for all who wait, however many cells ask
    current = new AbortController();
    process.once("SIGINT", abortCurrent);
  }
  return current.signal;
}

function abortCurrent(): void {
  const interrupted = current;
  current = undefined;
  interrupted?.abort(new Error("interrupted"));
}
