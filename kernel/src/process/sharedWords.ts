import type { StopButton } from "../cells";

/**
 * The memory that the main thread and the control worker share: numbers of 32 bits, each known by its index. It relies
 * on nothing of tslab.
 */

/** How often the stop button was pressed. */
export const PRESSES = 0;
/** The number of the cell that runs, 0 when none does. */
export const RUNNING = 1;
/** The number of the last cell that has looked at the state of the stop button. */
export const LOOKED = 2;
/** How many listen for SIGINT besides the kernel. */
export const LISTENERS = 3;
/** What the main thread says that it is doing: one of the values below, 0 before it has answered. */
export const ANSWER = 4;
/** The worker has given the order to terminate. */
export const ORDERED = 5;
/** The worker wants to terminate what runs between two microtasks, where no code is on the stack. */
export const INSISTS = 6;
const COUNT = 7;

/** Values of ANSWER. */
export const KERNEL_CODE = 1;
export const NO_CODE = 2;
export const USER_CODE = 3;

export function sharedWords(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * COUNT));
}

/** How cells see the stop button through this memory. */
export function stopButtonIn(words: Int32Array): StopButton {
  return {
    presses: () => Atomics.load(words, PRESSES),
    setRunning: (cell) => void Atomics.store(words, RUNNING, cell),
    setLooked: (cell) => void Atomics.store(words, LOOKED, cell),
  };
}
