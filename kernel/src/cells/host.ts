import type { Diagnostic, Variables } from "../compile";

/**
 * What compile/ and cells/ need from the program in which they run. node/host.ts implements it for Node; another
 * program, such as a browser's worker, can implement it in its own way. Nothing else in compile/ and cells/ depends on
 * Node.
 */
export interface Host {
  /** Writes a line to the log of the kernel's own errors. */
  log(message: unknown): void;
  timers: Timers;
  /**
   * Formats a value as text, as Node's `util.inspect` does. It is called through userland.ts and must not be kernel
   * code, because an interrupt may terminate it anywhere.
   */
  inspect(value: unknown): string;
  /**
   * The text that `console.log` prints for its arguments, without the line end. Like `inspect`, it must not be kernel
   * code.
   */
  format(...values: unknown[]): string;
  sourceMaps: SourceMaps;
  /** What the host writes before a cell's code, on its first line, if the engine counts that into the columns. */
  codeBefore?: string;
  /** Whether stack traces leave out the frames of this file. */
  isMachinery(file: string): boolean;
  /** From now on `listener` gets every uncaught error and every unhandled rejection. */
  onUncaught(listener: (error: unknown) => void): void;
  interrupts: InterruptListeners;
  modules: Modules;
}

/** The host's own timers; their callbacks belong to no cell. */
export interface Timers {
  setTimeout(call: () => void, milliseconds: number): unknown;
  /** Takes a result of `setTimeout`, or undefined. */
  clearTimeout(timer: unknown): void;
  /** Calls in a later turn of the event loop. */
  setImmediate(call: () => void): unknown;
  queueMicrotask(call: () => void): void;
}

/** A position in a text, lines and columns counted from zero. */
export interface SourcePosition {
  file: string;
  line: number;
  column: number;
}

export interface SourceMap {
  find(line: number, column: number): SourcePosition | undefined;
}

export interface SourceMaps {
  /** Reads a source map's JSON in base64. */
  decode(base64: string): SourceMap;
  /** The source map beside an installed file; undefined if the map or one of its source files is missing. */
  beside(file: string): SourceMap | undefined;
}

/** Cells and libraries may listen for the stop button; in Node that is the event SIGINT of `process`. */
export interface InterruptListeners {
  /** Called once: from now on an interrupt without a listener does not end the process. */
  install(): void;
  areThere(): boolean;
  call(): void;
  /** Whether `error` came from a child process that was interrupted while a cell waited for it. */
  isOfChildProcess(error: unknown): boolean;
}

/** The modules that cells load. */
export interface Modules {
  /**
   * Takes new JavaScript of the user's own modules, by path, and forgets what was loaded from their earlier versions.
   */
  update(compiled: ReadonlyMap<string, string>, sourceOf: (file: string) => string): void;
  /** Forgets the modules whose loading was cut off by an interrupt. */
  dropHalfLoaded(): void;
}

/** A compiled cell: JavaScript for the body of a function with the parameters `exports` and `require`. */
export interface Script {
  /** The file name in its stack frames, such as `In[3]`. */
  name: string;
  output: string;
  /** The function has to be async. */
  awaits: boolean;
}

/** Makes functions of compiled cells, and finds the modules that they require. */
export interface Executor {
  /** Makes the variables available to cells as `__tslab__.variables`. Called once, before the first cell. */
  provide(variables: Variables): void;
  /**
   * Executes one cell by calling its steps. A source whose first comment names a `@module` is added as a module
   * instead. Rejects if `compile` throws; otherwise settles after `run`.
   */
  execute(source: string, steps: CellSteps): Promise<void>;
}

export interface CellSteps {
  /** Returns undefined if there is nothing to run, or if there are diagnostics. */
  compile(source: string): Script | undefined;
  addModule(name: string, source: string): Diagnostic[];
  /** `start` creates the cell's function and calls it. Settles when the cell has ended. */
  run(start: () => unknown): Promise<void>;
}

/** The state that the stop button and the running code share. */
export interface StopButton {
  /** How often it was pressed. */
  presses(): number;
  /** The number of the cell that runs, 0 when none does. */
  setRunning(cell: number): void;
  /** Records that this cell has looked at the button's state: it gets a second to end by itself. */
  setLooked(cell: number): void;
}

/** Hooks that are called around the callbacks of promises, as Node's `v8.promiseHooks`. */
export interface PromiseHooks {
  onInit(listener: (promise: Promise<unknown>) => void): unknown;
  onBefore(listener: (promise: Promise<unknown>) => void): unknown;
  onAfter(listener: (promise: Promise<unknown>) => void): unknown;
}

let provided: Host | undefined;

/** To be called before anything else in this folder. */
export function provideHost(host: Host): void {
  provided = host;
}

export function host(): Host {
  if (!provided) throw new Error("host: there is none: wanted provideHost() first");
  return provided;
}
