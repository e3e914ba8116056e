/**
 * A cell of a notebook, as the code that it runs, or that it has left running, sees it.
 *
 * A kernel gives it by a function under `Symbol.for("Jupyter.cell")` of globalThis: called by any code, it gives the
 * cell to which that code belongs, also after an await or in a timer, or undefined where it does not know one.
 */
export interface Cell {
  /**
   * Whether the stop button was pressed after the cell began, be it after its end. True from that moment on, also while
   * JavaScript holds the thread and no event can be served. When it is true, the signal has aborted.
   */
  readonly interrupted: boolean;
  /** Aborts when the stop button is pressed. Code that asks for it ends by itself, and gets a second for that. */
  readonly signal: AbortSignal;
}

const contract = Symbol.for("Jupyter.cell");

/** The cell that the calling code belongs to; undefined where no kernel says it. */
export function cellOfKernel(): Cell | undefined {
  return (globalThis as { [contract]?: () => Cell | undefined })[contract]?.();
}
