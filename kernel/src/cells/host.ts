import type { Diagnostic, Variables } from "../compile";

/**
 * What compiling and running cells needs of the program that they run in. node/host.ts gives it for Node; another
 * program, such as a worker of a browser, gives its own. Nothing else in compile/ and cells/ depends on Node.
 */
export interface Host {
  /** Writes a line for whoever looks for the kernel's own faults. */
  log(message: unknown): void;
  timers: Timers;
  /**
   * A value as text, as Node's `util.inspect` gives it. It is called through userland.ts, and has to be a function that
   * is no code of the kernel: an interrupt may end it anywhere.
   */
  inspect(value: unknown): string;
  /** What `console.log` prints of its arguments, without the end of the line. The same holds as for `inspect`. */
  format(...values: unknown[]): string;
  sourceMaps: SourceMaps;
  /** Whether the frames of this file are left out of a stack trace. */
  isMachinery(file: string): boolean;
  /** From now on `listener` gets every error that nobody catches, and rejections that nobody handles. */
  onUncaught(listener: (error: unknown) => void): void;
  interrupts: InterruptListeners;
  modules: Modules;
}

/** The host's own timers: what they call belongs to no cell. */
export interface Timers {
  setTimeout(call: () => void, milliseconds: number): unknown;
  /** Takes what `setTimeout` has given, or undefined. */
  clearTimeout(timer: unknown): void;
  /** Calls in a turn of the event loop to come. */
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
  /** The map that lies beside an installed file, with the files that it leads to; undefined where there is none. */
  beside(file: string): SourceMap | undefined;
}

/** Cells and libraries may listen for the stop button; in Node that is the event SIGINT of `process`. */
export interface InterruptListeners {
  /** To be called once: from now on an interrupt that nobody listens for does not end the process. */
  install(): void;
  areThere(): boolean;
  call(): void;
  /** Whether a cell has got `error` because a process that it waited for was interrupted. */
  isOfChildProcess(error: unknown): boolean;
}

/** The modules that cells load. */
export interface Modules {
  /**
   * Takes over new JavaScript of the reader's own modules, by path, and forgets what was loaded of their former ones.
   */
  update(compiled: ReadonlyMap<string, string>, sourceOf: (file: string) => string): void;
  /** Forgets the modules whose loading an interrupt has ended half-way. */
  dropHalfLoaded(): void;
}

/** A compiled cell: JavaScript for the body of a function with the parameters `exports` and `require`. */
export interface Script {
  /** The file name that its frames carry, as `In[3]`. */
  name: string;
  output: string;
  /** The function has to be async. */
  awaits: boolean;
}

/** Makes functions of compiled cells, and finds the modules that they require. */
export interface Executor {
  /** Gives the cells what they find as `__tslab__.variables`. To be called once, before the first cell. */
  provide(variables: Variables): void;
  /**
   * Takes the steps of one cell. A source whose first comment names a `@module` is one, and no cell. Rejects with what
   * `compile` throws, and else settles after `run`.
   */
  execute(source: string, steps: CellSteps): Promise<void>;
}

export interface CellSteps {
  /** Gives undefined where there is nothing to run, or the compiler complains. */
  compile(source: string): Script | undefined;
  addModule(name: string, source: string): Diagnostic[];
  /** `start` makes the function and calls it. Settles when the cell has ended. */
  run(start: () => unknown): Promise<void>;
}

/** Where the stop button and the code that runs tell each other of themselves. */
export interface StopButton {
  /** How often it was pressed. */
  presses(): number;
  /** The number of the cell that runs, 0 when none does. */
  setRunning(cell: number): void;
  /** This cell has looked at the state of the button: it gets a second to end by itself. */
  setLooked(cell: number): void;
}

/** How the promises of the host tell of their callbacks, as Node's `v8.promiseHooks` do. */
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
