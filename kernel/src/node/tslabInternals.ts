import type { Publisher, Reply, Router } from "zeromq";

/**
 * The parts of tslab that this kernel uses, some of them private, as they are in the version that package.json names.
 * tslab.ts checks that they exist.
 */

export interface ExecutorModule {
  createExecutor(folder: string, converters: ConverterSet, console: { log(): void; error(): void }): TslabExecutor;
}

export interface TslabExecutor {
  /** Settles when the cell has ended; rejects with what the converter throws. */
  execute(source: string): Promise<boolean>;
}

export interface ConverterSet {
  node: TslabConverter;
  /** For cells that begin with `@browser`. */
  browser: TslabConverter;
  close(): void;
}

export interface TslabConverter {
  convert(declarations: string, source: string): Converted;
  /** Takes a cell that begins with `@module name`. */
  addModule(name: string, source: string): TslabDiagnostic[];
  close(): void;
}

export interface Converted {
  output: string;
  diagnostics: TslabDiagnostic[];
  hasToplevelAwait: boolean;
}

export interface TslabDiagnostic {
  start: { line: number; character: number };
  messageText: string;
  fileName?: string;
}

export interface JupyterModule {
  ZmqServer: new (handler: object, configPath: string) => ZmqServer;
  /** Where tslab's display functions send what they are given. */
  lastWriteDisplayData: unknown;
}

export interface ZmqServer {
  connInfo: Connection;
  iopub: Publisher;
  shell: Router;
  control: Router;
  stdin: Router;
  hb: Reply;
  /** Reads the connection file, makes the sockets and gives each to `bindSocket`. */
  init(): Promise<void>;
  bindSocket(socket: Publisher | Reply | Router, port: number): Promise<void>;
  /** Called with each message that arrives at `shell` or `control`. */
  handleShellMessage(socket: Router, ...frames: Buffer[]): Promise<void>;
}

/** What a connection file holds. */
export interface Connection {
  transport: string;
  ip: string;
  key: string;
  shell_port: number;
  control_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
}

declare global {
  /** What tslab gives to the code of cells. */
  var __tslab__: { exports: object; require: NodeJS.Require } | undefined;
}
