import type { StopButton } from "./host";
import type { Origin, Publish } from "./messages";

/**
 * A cell that runs, or has run and left something running. It knows where its output goes, and whether the stop button
 * was pressed since it began. It relies on nothing of tslab.
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
    private readonly stopButton: StopButton,
    /** Who may be asked for input; missing where the front end does not allow it. */
    readonly origin?: Origin,
  ) {
    this.pressesBefore = stopButton.presses();
    this.state = stateOf(this);
  }

  /** Whether the stop button was pressed since the cell began. */
  get pressed(): boolean {
    return this.stopButton.presses() !== this.pressesBefore;
  }

  /** Whether the cell wants to end by itself. */
  get hasSignal(): boolean {
    return this.controller !== undefined;
  }

  /** Between begin and end the stop button means this cell. */
  begin(): void {
    this.stopButton.setRunning(this.number);
  }

  end(): void {
    this.stopButton.setRunning(0);
  }

  /** Tells those that have asked for the signal. */
  abort(): void {
    if (this.controller?.signal.aborted === false) this.controller.abort(new Error("interrupted"));
  }

  /** From now on the cell gets a second to end by itself before its code is terminated. */
  askForTime(): void {
    this.stopButton.setLooked(this.number);
  }

  /** The signal that aborts when the stop button is pressed, made when it is asked for first. */
  takeSignal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.pressed) this.abort();
    else withSignal.add(this);
    return this.controller.signal;
  }
}

function stateOf(cell: Cell): CellState {
  return Object.freeze({
    get interrupted(): boolean {
      cell.askForTime();
      if (!cell.pressed) return false;
      cell.abort();
      return true;
    },
    get signal(): AbortSignal {
      cell.askForTime();
      return cell.takeSignal();
    },
  });
}
