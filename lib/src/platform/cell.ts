/**
 * A cell of a notebook, for the code that belongs to it. That code may still run after the cell has ended.
 *
 * A kernel has a function at `globalThis[Symbol.for("Jupyter.cell")]`. It returns the cell to which the calling code
 * belongs, also after an await or in a timer, or undefined if the kernel does not know the cell.
 */
export interface Cell {
  /**
   * Whether the stop button was pressed after the cell began; it may also be pressed after the cell's end. It is true
   * from that moment on, also while JavaScript code occupies the thread and no event can be handled. When it is true,
   * the signal has aborted.
   */
  readonly interrupted: boolean;
  /** Aborts when the stop button is pressed. A cell that has read it is not ended at once, but gets a second to end. */
  readonly signal: AbortSignal;
}

const contract = Symbol.for("Jupyter.cell");

/** The cell to which the calling code belongs; undefined if there is no kernel that knows it. */
export function cellOfKernel(): Cell | undefined {
  return (globalThis as { [contract]?: () => Cell | undefined })[contract]?.();
}
