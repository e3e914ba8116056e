import {
  SHARED,
  SHARED_BYTES,
  sharesMemory,
  type Fetching,
  type FileQuestion,
  type FromWorker,
  type Start,
  type ToWorker,
} from "./messages";

import { say } from "./words";

/** The kernel of one notebook, as its page sees it. */

/** How long a cell may go on after the stop button before its worker is ended; the kernel itself gives a cell 1 s. */
const PATIENCE = 2500; // milliseconds

export type Publish = (type: string, content: Record<string, unknown>) => void;

/** The reader's files, of which paths begin with "/". */
export interface ReaderFiles {
  read(path: string): Promise<Uint8Array | undefined>;
  exists(path: string): Promise<boolean>;
  write(path: string, content: Uint8Array): Promise<void>;
}

export interface ClientOptions {
  /** The address of worker.js. */
  worker: string;
  folder: string;
  pictures?: boolean;
  files: ReaderFiles;
  /**
   * Called when the worker was ended and started again: all variables are lost. There is no reason where the reader
   * asked for it.
   */
  onRestart(reason: string | undefined): void;
  /** A file that a cell needs is being fetched. */
  onFetch?(progress: Fetching): void;
}

interface Pending {
  publish: Publish;
  resolve(content: Record<string, unknown>): void;
}

export class KernelClient {
  private worker!: Worker;
  private shared: Int32Array | undefined;
  private started!: Promise<void>;
  private readonly pending = new Map<number, Pending>();
  private readonly interrupts: (() => void)[] = [];
  private last = 0;
  private ended = false;

  constructor(private readonly options: ClientOptions) {
    this.start();
  }

  /** Settles when the kernel can be asked; rejects if it cannot be started. */
  get ready(): Promise<void> {
    return this.started;
  }

  /** Sends a request, such as "execute", and gives the content of its reply. */
  async request(
    type: string,
    content: Record<string, unknown>,
    publish: Publish = () => {},
  ): Promise<Record<string, unknown>> {
    await this.started;
    const id = ++this.last;
    return new Promise((resolve) => {
      this.pending.set(id, { publish, resolve });
      this.post({ kind: "request", id, type, content });
    });
  }

  /**
   * Ends the running cell: asks the kernel first; if it does not answer, because the cell's code never waits, the
   * worker is ended and started again.
   */
  async interrupt(): Promise<void> {
    if (this.shared) Atomics.add(this.shared, SHARED.presses, 1);
    const worker = this.worker;
    const heard = new Promise<boolean>((resolve) => {
      this.interrupts.push(() => resolve(true));
      setTimeout(() => resolve(false), PATIENCE);
    });
    this.post({ kind: "interrupt" });
    if (!(await heard) && worker === this.worker) this.restart("the cell did not react to the stop button");
  }

  /** Ends the worker and starts another one. Pending requests are answered with an error. */
  restart(reason?: string): void {
    this.endWorker(reason ?? "the kernel was restarted");
    this.start();
    this.options.onRestart(reason);
  }

  dispose(): void {
    this.ended = true;
    this.endWorker("the kernel was ended");
  }

  private start(): void {
    this.worker = new Worker(this.options.worker, { type: "module" });
    this.shared = sharesMemory() ? new Int32Array(new SharedArrayBuffer(SHARED_BYTES)) : undefined;
    const { worker, shared } = this;
    this.started = new Promise((resolve, reject) => {
      worker.onerror = ({ message }) => {
        reject(new Error(`the kernel could not be started: ${message || "its script could not be loaded"}`));
        if (worker === this.worker && !this.ended) this.answerAll(message || "the kernel ended");
      };
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === "ready") resolve();
        else if (data.kind === "failed") reject(new Error(`the kernel could not be started: ${data.message}`));
        else if (worker === this.worker) this.take(data);
      };
    });
    this.started.catch(() => {}); // whoever waits for it hears of it
    const { folder, pictures = false } = this.options;
    this.post({ kind: "start", folder, pictures, shared } satisfies Start);
  }

  private take(message: Exclude<FromWorker, { kind: "ready" | "failed" }>): void {
    if (message.kind === "publish") this.pending.get(message.id)?.publish(message.type, message.content);
    else if (message.kind === "reply") {
      this.pending.get(message.id)?.resolve(message.content);
      this.pending.delete(message.id);
    } else if (message.kind === "fetching") this.options.onFetch?.(message);
    else if (message.kind === "interrupted") for (const heard of this.interrupts.splice(0)) heard();
    else void this.answerQuestion(message);
  }

  private async answerQuestion({ id, action, path, content }: FileQuestion): Promise<void> {
    const { worker } = this;
    const { files } = this.options;
    const answer = async (): Promise<unknown> => {
      if (action === "write") return files.write(path, content!);
      return action === "read" ? files.read(path) : files.exists(path);
    };
    const message = await answer().then(
      (value): ToWorker => ({ kind: "file", id, value }),
      (error: unknown): ToWorker => ({ kind: "file", id, value: undefined, error: (error as Error).message }),
    );
    worker.postMessage(message);
  }

  private endWorker(reason: string): void {
    this.worker.terminate();
    this.answerAll(reason);
  }

  private answerAll(reason: string): void {
    for (const heard of this.interrupts.splice(0)) heard();
    const requests = [...this.pending.values()];
    this.pending.clear();
    const error = { ename: "KernelRestarted", evalue: `${reason}: all variables are lost`, traceback: [] as string[] };
    error.traceback.push(`${error.ename}: ${error.evalue}`);
    for (const { publish, resolve } of requests) {
      publish("error", error);
      resolve({ status: "error", execution_count: 0, ...error });
    }
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}

/** How far a fetch is, as a sentence for the reader. */
export function fetchingText(bytes: number, of: number): string {
  const [here, all] = [bytes, of].map((count) => (count / 1e6).toFixed(1));
  return say("Fetching data: {here} of {all} MB", { here, all });
}
