import type { StopButton } from "./host";
import type { Origin, Publish } from "./messages";

/**
 * One execution of a cell. It outlives the cell's end, because timers and promises of its code may still run. It knows
 * where its output goes, and whether the stop button was pressed since it began.
 */

/** What a cell's code sees of its cell, through `globalThis[Symbol.for("Jupyter.cell")]()`. */
export interface CellState {
  /**
   * Whether the stop button was pressed since the cell began, even if the cell has ended by then. If so, `signal` has
   * aborted.
   */
  readonly interrupted: boolean;
  /** Aborts when the stop button is pressed. A cell that has asked for it gets a second to end by itself. */
  readonly signal: AbortSignal;
}

const withSignal = new Set<Cell>();

/** Returns the cells that asked for their signal since the last call. */
export function takeCellsWithSignal(): Cell[] {
  const cells = [...withSignal];
  withSignal.clear();
  return cells;
}

export class Cell {
  readonly state: CellState;
  /** An interrupt has ended the cell: its timers and promises must not continue. */
  broken = false;
  private controller: AbortController | undefined;
  private readonly pressesBefore: number;

  constructor(
    readonly number: number,
    readonly publish: Publish,
    private readonly stopButton: StopButton,
    /** Whom to ask for input; undefined if the front end does not allow input. */
    readonly origin?: Origin,
  ) {
    this.pressesBefore = stopButton.presses();
    this.state = stateOf(this);
  }

  /** Whether the stop button was pressed since the cell began. */
  get pressed(): boolean {
    return this.stopButton.presses() !== this.pressesBefore;
  }

  /** Whether the cell has asked for its signal, and so wants to end by itself. */
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

  /** Aborts the signal, if the cell has asked for it. */
  abort(): void {
    if (this.controller?.signal.aborted === false) this.controller.abort(new Error("interrupted"));
  }

  /** From now on the cell gets a second to end by itself before its code is terminated. */
  askForTime(): void {
    this.stopButton.setLooked(this.number);
  }

  /** The signal that aborts when the stop button is pressed. It is made at the first call. */
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
