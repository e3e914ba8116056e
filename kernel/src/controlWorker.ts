import { Session } from "node:inspector";
import { Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Reply, Router } from "zeromq";
import { bind } from "./bind";
import { CELLS_BEGUN, IN_CELL, LISTENERS, type ToMain, type ToWorker, type WorkerData } from "./control";
import { LINK, onParentDeath } from "./lifetime";
import { log } from "./log";
import { address, decode, encode, type Header, type Message } from "./wire";

/**
 * Runs in a worker thread: answers interrupt requests and the heartbeat, passes the rest of the control channel on,
 * and ends the process when its parent is gone. It relies on tslab running cells with `breakOnSigint`.
 */

const { connection, shared, launched } = workerData as WorkerData;
const port = parentPort!;

// Milliseconds for the main thread to hear of an interrupt: in general, when it surely cannot, when the cell listens.
const PATIENCE = 1000;
const PATIENCE_IN_CELL = 50;
const PATIENCE_LISTENED = 5000;
// The same for the cell to end, a second of its own included.
const PATIENCE_ENDING = 2000;
// The same for the main thread to end the process.
const PATIENCE_SHUTDOWN = 1500;

const control = new Router({ sendTimeout: 0, linger: 1000 });
const heartbeat = new Reply();
const heard = new Set<number>();
const ended = new Set<number>();
let interrupts = 0;
/** The cell whose end an interrupt waits for, by its number. */
let waitingFor: number | undefined;

const tell = (message: ToMain) => port.postMessage(message);

port.on("message", (message: ToWorker) => {
  if (message.kind === "send") void control.send(message.frames.map((frame) => Buffer.from(frame)));
  else (message.kind === "heard" ? heard : ended).add(message.id);
});
endWithParent();
// The end of this thread would take the process with it, without a word of why.
process.on("uncaughtException", log);
process.on("unhandledRejection", log);
serveHeartbeat().catch(fail);
serveControl().catch(fail);

async function serveHeartbeat(): Promise<void> {
  await bind(heartbeat, address(connection, connection.hb_port));
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

async function serveControl(): Promise<void> {
  await bind(control, address(connection, connection.control_port));
  for await (const frames of control) {
    const message = verified(frames);
    if (message?.header.msg_type === "interrupt_request") {
      const { identities, header } = message;
      void control.send(encode(connection.key, identities, header, "interrupt_reply", { status: "ok" }));
      void interrupt(header);
    } else if (message) {
      tell({ kind: "frames", frames });
      if (message.header.msg_type === "shutdown_request") setTimeout(() => endWithoutMain(message), PATIENCE_SHUTDOWN);
    }
  }
}

// Without these channels Jupyter had better start another kernel.
function fail(error: unknown): void {
  log(error);
  process.kill(process.pid, "SIGKILL");
}

function verified(frames: Buffer[]): Message | undefined {
  try {
    return decode(connection.key, frames);
  } catch {
    return undefined;
  }
}

async function interrupt(request: Header): Promise<void> {
  const id = ++interrupts;
  const cell = Atomics.load(shared, CELLS_BEGUN);
  const urgent = waitingFor === cell; // a second request does not wait again
  waitingFor = cell;
  tell({ kind: "interrupt", id, broken: false, request });
  const over = (await told(heard, id, urgent ? 0 : patience())) && (await told(ended, id, PATIENCE_ENDING));
  if (waitingFor === cell) waitingFor = undefined;
  if (!over) await breakMainThread(cell);
}

function patience(): number {
  if (Atomics.load(shared, LISTENERS) > 0) return PATIENCE_LISTENED;
  return Atomics.load(shared, IN_CELL) ? PATIENCE_IN_CELL : PATIENCE;
}

/** Whether the main thread says so in time. */
async function told(ids: Set<number>, id: number, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  do await after(10);
  while (!ids.has(id) && Date.now() < until);
  return ids.delete(id);
}

// A cell that has been told to end may come back to a loop of its own before it has: then this happens again.
async function breakMainThread(cell: number): Promise<void> {
  const id = ++interrupts;
  if (Atomics.load(shared, IN_CELL) && process.platform !== "win32") {
    process.kill(process.pid, "SIGINT"); // vm turns it into an exception where the cell was started
  } else {
    await terminateExecution();
  }
  tell({ kind: "interrupt", id, broken: true });
  const over = await told(ended, id, PATIENCE_ENDING);
  if (!over && interrupts === id && Atomics.load(shared, CELLS_BEGUN) === cell) await breakMainThread(cell);
}

async function terminateExecution(): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  const terminated = new Promise((resolve) => session.post("Runtime.terminateExecution", resolve));
  await Promise.race([terminated, after(PATIENCE_ENDING)]); // the answer comes only when that code has ended
  session.disconnect();
}

async function endWithoutMain({ identities, header, content }: Message): Promise<void> {
  const answer = { status: "ok", restart: content.restart };
  await control.send(encode(connection.key, identities, header, "shutdown_reply", answer));
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);
}

// The launcher's end closes the link; without a launcher the parent is Jupyter itself.
function endWithParent(): void {
  const end = () => process.kill(process.pid, "SIGKILL");
  if (launched) new Socket({ fd: LINK, writable: false }).on("error", end).on("close", end).unref().resume();
  else onParentDeath(end);
}
