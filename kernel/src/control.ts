import { Worker } from "node:worker_threads";
import path from "node:path";
import { log } from "./log";
import type { Connection, Frame, Header, Sender } from "./wire";

/**
 * The main thread's side of control.ts' worker, which owns the control and heartbeat sockets so that interrupts and
 * shutdowns are served while a cell holds the main thread. It relies on nothing of tslab.
 */

/** Words of the memory that both threads share. */
export const IN_CELL = 0; // a cell's code holds the main thread by itself
export const LISTENERS = 1; // how many listen for SIGINT besides the kernel
export const CELLS_BEGUN = 2; // how many cells' code has begun to run
const WORDS = 3;

export interface WorkerData {
  connection: Connection;
  shared: Int32Array;
  launched: boolean;
}

export type ToMain = { kind: "interrupt"; id: number; broken: boolean; request?: Header } | { kind: "frames"; frames: Uint8Array[] };
export type ToWorker = { kind: "heard" | "ended"; id: number } | { kind: "send"; frames: Frame[] };

export interface ControlHandlers {
  /**
   * Settles when the running cell has ended. `broken`: its code has been terminated already. `request`: the header of
   * the request, which has been answered but for the status.
   */
  interrupt(broken: boolean, request?: Header): Promise<void>;
  request(sender: Sender, frames: Buffer[]): void;
}

export class ControlThread {
  private readonly shared = new Int32Array(new SharedArrayBuffer(4 * WORDS));
  private readonly worker: Worker;

  constructor(connection: Connection, launched: boolean, handlers: ControlHandlers) {
    this.worker = new Worker(path.join(__dirname, "controlWorker.js"), {
      workerData: { connection, shared: this.shared, launched } satisfies WorkerData,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    });
    this.worker.unref();
    this.worker.on("error", (error) => log(error));
    this.worker.on("message", (message: ToMain) => {
      if (message.kind === "interrupt") {
        this.post({ kind: "heard", id: message.id });
        void handlers.interrupt(message.broken, message.request).then(() => this.post({ kind: "ended", id: message.id }));
      } else if (message.kind === "frames") {
        handlers.request({ send: (frames) => this.post({ kind: "send", frames }) }, message.frames.map((frame) => Buffer.from(frame)));
      }
    });
    this.countListeners();
  }

  /** The main thread begins, or ceases, to be held by a cell's code. */
  holds(running: boolean): void {
    if (running) Atomics.add(this.shared, CELLS_BEGUN, 1);
    Atomics.store(this.shared, IN_CELL, running ? 1 : 0);
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private countListeners(): void {
    const count = (change: number) => (event: string | symbol) => {
      if (event === "SIGINT") Atomics.store(this.shared, LISTENERS, process.listenerCount("SIGINT") + change);
    };
    process.on("newListener", count(0)); // told before it is added: leaves out the kernel's own
    process.on("removeListener", count(-1));
  }
}
