/** The global object of a worker, with its functions as they were before any cell could replace them. */
export interface WorkerScope {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
  addEventListener(type: "unhandledrejection", listener: (event: PromiseRejectionEvent) => void): void;
}

// the DOM's types take globalThis for a window
export const scope = globalThis as unknown as WorkerScope;
export const { setTimeout, clearTimeout, queueMicrotask } = globalThis;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Calls back in a later turn of the event loop; browsers have no setImmediate, and their timers may wait 4 ms. */
export function setImmediate(call: () => void): void {
  waiting.push(call);
  channel.port2.postMessage(undefined);
}
