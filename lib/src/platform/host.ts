/**
 * What the library takes from the machine that it runs on. node.ts gives it under Node; where the library runs
 * elsewhere, another file gives it in its place. No other file of the library uses a module or a global of Node.
 */
export interface Host {
  readonly files: Files;
  readonly bytes: Bytes;
  readonly threads: Threads;
  readonly assets: Assets;
  readonly events: Events;
  readonly terminal: Terminal;
  /** Tells the user of something that is not as it should be, beside the output of a cell. */
  warn(message: string): void;
  /** What a module that something else has loaded exports; undefined where no file name of one fits. */
  loadedModule(fileName: RegExp): unknown;
}

/** Files by their paths. Whether one is there is known without waiting. */
export interface Files {
  /** The folder that `npm run data` fills. */
  readonly dataFolder: string;
  /** The folder that the user has named in its place; undefined where there is none. */
  chosenFolder(): string | undefined;
  join(folder: string, name: string): string;
  /** The file's own name without its ending. */
  stem(path: string): string;
  exists(path: string): boolean;
  /** Why nothing can be found in a folder; undefined where it can be looked into. */
  folderTrouble(folder: string): string | undefined;
  /** @throws NotAFile for a folder, a pipe or a device; any other Error where it cannot be read */
  read(path: string): Promise<Uint8Array>;
  /** Writes a file as a whole: under its name there is the old content or the new. @throws Error where it cannot */
  replace(path: string, content: Uint8Array): Promise<void>;
}

/** Something that is not a file stands under the name of one. The message says what it is. */
export class NotAFile extends Error {
  override name = "NotAFile";
}

/** Formats and digests that a host has of its own. */
export interface Bytes {
  /** @throws Error for what is no whole gzip file, or opens to more than `limit` bytes */
  gunzip(content: Uint8Array, limit: number): Promise<Uint8Array>;
  /** The files of a zip archive, by name. @throws Error for what is no whole archive, or opens to more than `limit` */
  unzip(content: Uint8Array, limit: number): Promise<Map<string, Uint8Array>>;
  /** In hexadecimal digits. */
  sha256(content: Uint8Array): Promise<string>;
  crc32(content: Uint8Array): number;
  base64(content: Uint8Array): string;
  /** Words of 32 bits that nobody can foretell. */
  randomWords(count: number): Uint32Array;
  /** A text that no other call gives. */
  uniqueId(): string;
}

/** Threads that share memory with this one. */
export interface Threads {
  /** How many there should be, this one among them. */
  count(): number;
  /**
   * Starts one, which loads wasm/worker.
   *
   * @param build - given to it
   * @param ended - called when it has ended, but by end()
   * @throws Error where the system grants no more
   */
  start(build: string, ended: (reason: string) => void): Thread;
  /**
   * In a thread that was started: receives what is posted to it. `fail` tells the thread that started it of an error.
   */
  serve(begin: (build: string, fail: (error: unknown) => void) => (message: unknown) => void): void;
}

/** A thread that was started. Its properties are true of now, also while this thread gives the event loop no turn. */
export interface Thread {
  post(message: unknown): void;
  end(): void;
  readonly alive: boolean;
  /** What it told last of what went wrong, once. */
  takeError(): unknown;
}

/** What belongs to the library and is no code. */
export interface Assets {
  /** The compiled routines. @throws Error where they are not built */
  routines(): Uint8Array;
  /** Tells one build of the library from another; empty where it runs from its sources. */
  buildId(): string;
  /** Draws an SVG picture, with the library's own fonts, `scale` pixels for each of its own. */
  rasterize(svg: string, scale: number): Promise<Raster>;
  /** Loads ahead of time what the first picture would load. */
  loadRasterizer(): Promise<void>;
}

/** A PNG file, and its size in pixels. */
export interface Raster {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The event loop, and the interrupt that comes through it. */
export interface Events {
  /** Resolves when the event loop has had its turn. */
  turn(): Promise<void>;
  /** Calls back when all that runs now has ended, and before the next cell begins. */
  afterThisTurn(callback: () => void): void;
  /** Calls back after so many milliseconds, unless the process ends before or the function that it gives is called. */
  later(milliseconds: number, callback: () => void): () => void;
  /** Calls back at each interrupt, until the function that it gives is called. */
  onInterrupt(listener: () => void): () => void;
  /** Ends a script that nobody wants to hear of interrupts any more, as the interrupt would have ended it. */
  endUnlessHeard(): void;
}

/** Where progress shows outside a notebook. */
export interface Terminal {
  /** Replaces the last line; where the output is no terminal there are no intermediate states, and nothing happens. */
  rewriteLine(line: string): void;
  writeLine(line: string): void;
}
