/** The parts of JupyterLite 0.8 and JupyterLab 4 that the extension uses. */

/** The modules that extensions share, by name and version (webpack's module federation). */
export type ShareScope = Record<string, Record<string, { get(): Promise<() => unknown> }>>;

export interface JupyterMessage {
  channel: string;
  header: { msg_id: string; msg_type: string; session: string; username: string; date: string; version: string };
  parent_header: object;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
  buffers: unknown[];
}

export interface IKernel {
  readonly id: string;
  readonly name: string;
  /** The path of the notebook or of its folder. */
  readonly location: string;
  readonly ready: Promise<void>;
  readonly disposed: unknown;
  readonly isDisposed: boolean;
  /** Settles when the message is answered; JupyterLite sends the next one only then. */
  handleMessage(message: JupyterMessage): Promise<void>;
  dispose(): void;
}

export interface KernelOptions {
  id: string;
  name: string;
  location: string;
  sendMessage(message: JupyterMessage): void;
}

export interface KernelSpecs {
  register(options: {
    spec: { name: string; display_name: string; language: string; argv: string[]; resources: Record<string, string> };
    create(options: KernelOptions): Promise<IKernel>;
  }): void;
}

export interface LiteKernels {
  interrupt(id: string): Promise<void>;
}

export interface FileModel {
  readonly type: string;
  readonly format: string | null;
  readonly content: unknown;
}

/** The files of the file browser; paths have no slash at the beginning. */
export interface Contents {
  get(path: string, options: { content: boolean; format?: string; type?: string }): Promise<FileModel>;
  save(path: string, model: { type: string; format: string; content: unknown }): Promise<unknown>;
  /** Deletes the reader's file; a file of the site with this path appears again. */
  delete(path: string): Promise<void>;
  readonly fileChanged: { connect(slot: (sender: unknown, change: ContentsChange) => void): void };
}

export interface ContentsChange {
  readonly type: "new" | "delete" | "rename" | "save";
  readonly oldValue: { readonly path?: string } | null;
  readonly newValue: { readonly path?: string } | null;
}

export type SignalClass = new (sender: unknown) => { emit(value: undefined): void };

export interface Commands {
  hasCommand(id: string): boolean;
  addCommand(
    id: string,
    options: { label: string; isEnabled?(): boolean; execute(args: Record<string, unknown>): unknown },
  ): void;
  execute(id: string, args: object): Promise<unknown>;
}

export interface Application {
  readonly serviceManager: { readonly contents: Contents };
  readonly commands: Commands;
  readonly shell: { readonly currentWidget: { readonly context?: { readonly path: string } } | null };
}

export interface Palette {
  addItem(item: { command: string; category: string }): void;
}

export interface MainMenu {
  readonly helpMenu: { addGroup(items: { command: string }[], rank?: number): void };
}

export interface Extension {
  id: string;
  autoStart: boolean;
  requires: object[];
  optional: object[];
  activate(app: Application, ...services: unknown[]): void;
}
