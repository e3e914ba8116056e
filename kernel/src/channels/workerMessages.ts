import type { MessagePort } from "node:worker_threads";
import type { Header, Origin } from "../cells";
import type { Connection } from "../node";
import type { Frame } from "./wire";

/** The messages between the main thread and the control thread. */

/** The data with which the control thread starts. */
export interface WorkerData {
  connection: Connection;
  words: Int32Array;
}

export type ToMain =
  | { kind: "serving" }
  | { kind: "interrupt"; id: number; cell: number; broken: boolean; request?: Header }
  | { kind: "frames"; frames: Uint8Array[] };

export type ToWorker =
  | { kind: "heard" | "ended"; id: number }
  | { kind: "signal"; cell: number }
  | { kind: "send"; frames: Frame[] }
  | { kind: "answers"; port: MessagePort; clock: Int32Array }
  | { kind: "ask"; id: number; origin: Origin; prompt: string };

/** A line that the user has entered, sent through the port of an `answers` message. */
export interface Answer {
  id: number;
  /** Undefined if the question could not be asked, because the front end has no stdin channel. */
  text: string | undefined;
}
