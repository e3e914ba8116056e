import type { Origin } from "./input";
import type { Publish } from "./output";
import { LOOKED, PRESSES, RUNNING } from "./sharedWords";

/**
 * A cell that runs, or has run and left something running. Where its output goes, and whether the stop button was pressed
 * since it began. It relies on nothing of tslab.
 */

/** What a cell's code sees of its cell, through `globalThis[Symbol.for("Jupyter.cell")]()`. */
export interface CellState {
  /** Whether the stop button was pressed after the cell began, be it after its end; then `signal` has aborted. */
  readonly interrupted: boolean;
  /** Aborts when the stop button is pressed. A cell that has asked for it gets a second to end by itself. */
  readonly signal: AbortSignal;
}

const withSignal = new Set<Cell>();

/** The cells that have asked for their signal since this was called before. */
export function takeCellsWithSignal(): Cell[] {
  const cells = [...withSignal];
  withSignal.clear();
  return cells;
}

export class Cell {
  readonly state: CellState;
  /** An interrupt has ended it: what it left running is not to go on. */
  broken = false;
  private controller: AbortController | undefined;
  private readonly pressesBefore: number;

  constructor(
    readonly number: number,
    readonly publish: Publish,
    private readonly words: Int32Array,
    /** Who may be asked for input; missing where the front end does not allow it. */
    readonly origin?: Origin,
  ) {
    this.pressesBefore = Atomics.load(words, PRESSES);
    this.state = stateOf(this);
  }

  /** Whether the stop button was pressed since the cell began. */
  get pressed(): boolean {
    return Atomics.load(this.words, PRESSES) !== this.pressesBefore;
  }

  /** Whether the cell wants to end by itself. */
  get hasSignal(): boolean {
    return this.controller !== undefined;
  }

  /** Between begin and end the stop button means this cell. */
  begin(): void {
    Atomics.store(this.words, RUNNING, this.number);
  }

  end(): void {
    Atomics.store(this.words, RUNNING, 0);
  }

  /** Tells those that have asked for the signal. */
  abort(): void {
    if (this.controller?.signal.aborted === false) this.controller.abort(new Error("interrupted"));
  }

  /** From now on the worker gives the cell a second before it terminates its code. */
  look(): void {
    Atomics.store(this.words, LOOKED, this.number);
  }

  signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.pressed) this.abort();
    else withSignal.add(this);
    return this.controller.signal;
  }
}

function stateOf(cell: Cell): CellState {
  return Object.freeze({
    get interrupted(): boolean {
      cell.look();
      if (!cell.pressed) return false;
      cell.abort();
      return true;
    },
    get signal(): AbortSignal {
      cell.look();
      return cell.signal();
    },
  });
}
