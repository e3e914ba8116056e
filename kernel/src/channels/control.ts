import { Worker, type MessagePort } from "node:worker_threads";
import path from "node:path";
import type { Header } from "../cells";
import type { Connection } from "../node";
import { keepListener, LISTENERS, log } from "../process";
import type { Sender } from "./wire";
import type { ToMain, ToWorker, WorkerData } from "./workerMessages";

/**
 * Starts the control thread (controlWorker.ts) and talks to it. That thread has the control, heartbeat and stdin
 * sockets, so that interrupts, shutdowns and input work while a cell blocks the main thread.
 */

export interface ControlHandlers {
  /**
   * Settles when the cell that ran at the press has ended (0: none did). `broken`: its code has been terminated
   * already. `request`: the header of the request, if there was one; the reply is sent, the status is not.
   */
  interrupt(cell: number, broken: boolean, request?: Header): Promise<void>;
  request(sender: Sender, frames: Buffer[]): void;
}

export class ControlThread {
  private readonly worker: Worker;
  /** Settles when the control thread's sockets are bound. */
  readonly serving: Promise<void>;

  constructor(
    connection: Connection,
    private readonly words: Int32Array,
    handlers: ControlHandlers,
  ) {
    this.worker = new Worker(path.join(__dirname, "controlWorker.js"), {
      workerData: { connection, words } satisfies WorkerData,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    });
    let served = () => {};
    this.serving = new Promise((resolve) => (served = resolve));
    this.worker.unref();
    // Without this thread, the kernel could be neither interrupted nor shut down.
    this.worker.on("error", (error) => {
      log(error);
      process.kill(process.pid, "SIGKILL");
    });
    this.worker.on("message", (message: ToMain) => {
      if (message.kind === "serving") served();
      else if (message.kind === "interrupt") {
        this.post({ kind: "heard", id: message.id });
        void handlers
          .interrupt(message.cell, message.broken, message.request)
          .then(() => this.post({ kind: "ended", id: message.id }));
      } else if (message.kind === "frames") {
        handlers.request(
          { send: (frames) => this.post({ kind: "send", frames }) },
          message.frames.map((frame) => Buffer.from(frame)),
        );
      }
    });
    this.countListeners();
  }

  post(message: ToWorker, transfer: MessagePort[] = []): void {
    this.worker.postMessage(message, transfer);
  }

  private countListeners(): void {
    const count = (change: number) => (event: string | symbol) => {
      if (event === "SIGINT") Atomics.store(this.words, LISTENERS, process.listenerCount("SIGINT") + change);
    };
    // "newListener" is emitted before the listener is added. So the current count, which includes the kernel's own
    // listener, is already the later count without the kernel's own.
    keepListener("newListener", count(0));
    keepListener("removeListener", count(-1));
  }
}
