/** The messages between a page and the worker in which its kernel runs. */

/** The first message to the worker. */
export interface Start {
  kind: "start";
  /** The folder of the notebook, such as "/notebooks". */
  folder: string;
  /** Whether plots add a static picture to the chart. */
  pictures: boolean;
  /** Two words that page and worker share, if the page may share memory: see SHARED. */
  shared: Int32Array | undefined;
}

/** The indices of the shared words: how often the stop button was pressed. */
export const SHARED = { presses: 0 } as const;
export const SHARED_BYTES = 4;

/** A Jupyter request; `id` is repeated in all messages that answer it. */
export interface Request {
  kind: "request";
  id: number;
  /** Without "_request", such as "execute". */
  type: string;
  content: Record<string, unknown>;
}

export interface Interrupt {
  kind: "interrupt";
}

/** The answer to a question about the reader's files. */
export interface FileAnswer {
  kind: "file";
  id: number;
  /** The content for `read`, undefined if there is no such file; true or false for `exists`. */
  value: unknown;
  /** Why it failed; undefined if it did not. */
  error?: string;
}

export type ToWorker = Start | Request | Interrupt | FileAnswer;

export interface Ready {
  kind: "ready";
}
/** The kernel could not be started. */
export interface Failed {
  kind: "failed";
  message: string;
}
/** A message to all front ends, which belongs to a request. */
export interface Publication {
  kind: "publish";
  id: number;
  type: string;
  content: Record<string, unknown>;
}
export interface Reply {
  kind: "reply";
  id: number;
  content: Record<string, unknown>;
}
/** The kernel has handled an interrupt: the cell that ran has ended. */
export interface Interrupted {
  kind: "interrupted";
}
/** A question about the reader's files, which the page knows. */
export interface FileQuestion {
  kind: "file";
  id: number;
  action: "read" | "exists" | "write";
  path: string;
  content?: Uint8Array;
}

/** A file of the site that a cell needs is being fetched: so many bytes of so many have come. */
export interface Fetching {
  kind: "fetching";
  bytes: number;
  of: number;
}

export type FromWorker = Ready | Failed | Publication | Reply | Interrupted | FileQuestion | Fetching;

/** Whether memory can be shared with workers. WebKitGTK isolates pages but has no shared memory. */
export const sharesMemory = (): boolean =>
  globalThis.crossOriginIsolated && typeof globalThis.SharedArrayBuffer === "function";
