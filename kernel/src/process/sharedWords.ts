import type { StopButton } from "../cells";

/** The memory that the main thread and the control thread share: 32-bit numbers at fixed indexes. */

/** How often the stop button was pressed. */
export const PRESSES = 0;
/** The number of the cell that runs, 0 when none does. */
export const RUNNING = 1;
/** The number of the last cell that has looked at the state of the stop button. */
export const LOOKED = 2;
/** The number of listeners for SIGINT besides the kernel's own. */
export const LISTENERS = 3;
/** The main thread's answer to what it is running: one of the values below, or 0 before it has answered. */
export const ANSWER = 4;
/** 1 when the control thread has ordered the termination. */
export const ORDERED = 5;
/** 1 if the control thread also wants to terminate when no code is on the stack, as between two microtasks. */
export const INSISTS = 6;
const COUNT = 7;

/** Values of ANSWER. */
export const KERNEL_CODE = 1;
export const NO_CODE = 2;
export const USER_CODE = 3;

export function sharedWords(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * COUNT));
}

/** The stop button for cells, which uses this memory. */
export function stopButtonIn(words: Int32Array): StopButton {
  return {
    presses: () => Atomics.load(words, PRESSES),
    setRunning: (cell) => void Atomics.store(words, RUNNING, cell),
    setLooked: (cell) => void Atomics.store(words, LOOKED, cell),
  };
}
