import { Session } from "node:inspector";
import { Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Reply, Router } from "zeromq";
import { bind } from "./bind";
import type { Header } from "../cells";
import {
  ANSWER,
  GATE,
  INSISTS,
  interruptChildren,
  LINK,
  LISTENERS,
  log,
  LOOKED,
  NO_CODE,
  ORDERED,
  PRESSES,
  RUNNING,
  SignalPresses,
  tellLauncher,
  USER_CODE,
} from "../process";
import { InputRequests } from "./inputRequests";
import { address, decode, encode, type Message } from "./wire";
import type { ToMain, ToWorker, WorkerData } from "./workerMessages";

/**
 * The control thread: answers interrupt requests and the heartbeat, asks for input, passes other control requests to
 * the main thread, and ends the process when its parent has ended.
 */

const { connection, words } = workerData as WorkerData;
const port = parentPort!;

// Milliseconds in which the main thread must react to an interrupt: in general, and if the cell wants to end by itself.
const PATIENCE = 50;
const PATIENCE_LISTENED = 1000;
// Milliseconds in which the cell must then end, including the second that it may get.
const PATIENCE_ENDING = 2000;
// Milliseconds in which the main thread must answer what it is running; after that, child processes are interrupted.
const PATIENCE_DEAF = 300;
// Milliseconds between two such questions.
const PAUSE = 5;
// Milliseconds in which the main thread must end the process after a shutdown request.
const PATIENCE_SHUTDOWN = 1500;

const control = new Router({ sendTimeout: 0, linger: 1000 });
const heartbeat = new Reply();
const input = new InputRequests(connection);
const heard = new Set<number>();
const ended = new Set<number>();
let interrupts = 0;
/** The number of the cell that the current interrupt is to end. */
let meant: number | undefined;
let breaking: Promise<void> | undefined;

const presses = new SignalPresses(() => interrupt());

const tell = (message: ToMain) => port.postMessage(message);

port.on("message", (message: ToWorker) => {
  if (message.kind === "send") void control.send(message.frames.map((frame) => Buffer.from(frame)));
  else if (message.kind === "signal") presses.byKernel(message.cell);
  else if (message.kind === "answers") input.answerTo(message);
  else if (message.kind === "ask") input.ask(message.id, message.origin, message.prompt);
  else (message.kind === "heard" ? heard : ended).add(message.id);
});
listenToLauncher();
// An uncaught error would end this thread and with it the process, without a message.
process.on("uncaughtException", log);
process.on("unhandledRejection", log);
let unbound = 3; // sockets
serveHeartbeat().catch(fail);
serveControl().catch(fail);
input.serve(bound).catch(fail);

function bound(): void {
  if (--unbound === 0) tell({ kind: "serving" });
}

async function serveHeartbeat(): Promise<void> {
  await bind(heartbeat, address(connection, connection.hb_port));
  bound();
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

async function serveControl(): Promise<void> {
  await bind(control, address(connection, connection.control_port));
  bound();
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

// A kernel without these channels is useless: it ends, so that Jupyter starts another.
function fail(error: unknown): void {
  log(error);
  tellLauncher("ended 1");
  process.kill(process.pid, "SIGKILL");
}

function verified(frames: Buffer[]): Message | undefined {
  try {
    return decode(connection.key, frames);
  } catch {
    return undefined;
  }
}

async function interrupt(request?: Header): Promise<void> {
  Atomics.add(words, PRESSES, 1);
  const id = ++interrupts;
  const cell = Atomics.load(words, RUNNING);
  const urgent = meant === cell; // a second press for the same cell does not wait again
  meant = cell;
  tell({ kind: "interrupt", id, cell, broken: false, request });
  const over = (await told(heard, id, urgent ? 0 : patience(cell))) && (await told(ended, id, PATIENCE_ENDING));
  if (!over) await (breaking ??= breakMainThread(id, cell).finally(() => (breaking = undefined)));
  if (meant === cell) meant = undefined;
}

function patience(cell: number): number {
  const listened = Atomics.load(words, LISTENERS) > 0 || (cell > 0 && Atomics.load(words, LOOKED) === cell);
  return listened ? PATIENCE_LISTENED : PATIENCE;
}

/** Whether the main thread reports this interrupt in `ids` in time. */
async function told(ids: Set<number>, id: number, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (!ids.has(id) && Date.now() < until) await after(10);
  return ids.has(id);
}

// An interrupted cell may enter another loop in its `catch` or `finally`; then it is terminated again.
async function breakMainThread(id: number, cell: number): Promise<void> {
  for (let idle = 0; !isOver(id, cell);) {
    const answer = await askMainThread(idle > PATIENCE / PAUSE);
    if (answer === USER_CODE) {
      const again = ++interrupts;
      tell({ kind: "interrupt", id: again, cell, broken: true });
      if (await told(ended, again, PATIENCE_ENDING)) return;
    } else if (heard.has(id) && (await told(ended, id, PATIENCE_ENDING))) return;
    idle = answer === NO_CODE ? idle + 1 : 0;
    await after(PAUSE);
  }
}

function isOver(id: number, cell: number): boolean {
  return ended.has(id) || (cell > 0 && Atomics.load(words, RUNNING) !== cell);
}

/**
 * Finds out what the main thread is running, and terminates it if it is code of a cell. `insists`: terminate also
 * between two microtasks, when no code is on the stack.
 */
async function askMainThread(insists: boolean): Promise<number> {
  for (const [word, value] of [
    [ANSWER, 0],
    [ORDERED, 0],
    [INSISTS, insists ? 1 : 0],
  ])
    Atomics.store(words, word, value);
  const session = new Session();
  session.connectToMainThread();
  const answer = await answered(session);
  if (answer === USER_CODE) await terminate(session);
  session.disconnect();
  return answer;
}

// The main thread answers at once if it runs any JavaScript. Otherwise it may be waiting for a child process, which is
// then interrupted.
async function answered(session: Session): Promise<number> {
  let failed = false;
  session.post(
    "Runtime.evaluate",
    { expression: GATE, silent: true },
    (error, value) => (failed = !!(error ?? value?.exceptionDetails)),
  );
  let deaf = Date.now();
  for (;;) {
    const answer = Atomics.load(words, ANSWER);
    if (answer || failed) return answer;
    if (Date.now() - deaf > PATIENCE_DEAF) {
      await interruptChildren();
      deaf = Infinity;
    }
    await after(2);
  }
}

async function terminate(session: Session): Promise<void> {
  const terminated = new Promise((resolve) => session.post("Runtime.terminateExecution", resolve));
  Atomics.store(words, ORDERED, 1);
  await Promise.race([terminated, after(PATIENCE_ENDING)]); // the answer comes only when the terminated code has ended
}

async function endWithoutMain({ identities, header, content }: Message): Promise<void> {
  const answer = { status: "ok", restart: content.restart };
  await control.send(encode(connection.key, identities, header, "shutdown_reply", answer));
  tellLauncher("ended 0");
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);
}

// When the launcher ends, the pipe closes, and the kernel ends too.
function listenToLauncher(): void {
  const end = () => process.kill(process.pid, "SIGKILL");
  new Socket({ fd: LINK, writable: false })
    .on("data", () => presses.byLauncher(Atomics.load(words, RUNNING)))
    .on("error", end)
    .on("close", end)
    .unref();
}
