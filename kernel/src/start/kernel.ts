import { promiseHooks } from "node:v8";
import {
  Cells,
  catchStrays,
  cellOfCode,
  Evaluator,
  History,
  installConsole,
  installContext,
  installStackTraces,
  Interrupts,
  kernelInfo,
  Output,
  provideHost,
  waitFor,
} from "../cells";
import { commHandlers, Input, KernelServer, type ControlThread, type Handler } from "../channels";
import {
  CellCompiler,
  cellOptions,
  completeReply,
  inspectReply,
  isComplete,
  missingInternals,
  type Compiler,
} from "../compile";
import {
  CellExecutor,
  installChildOutput,
  installOwnModules,
  installStreams,
  installTimers,
  installWorkerOutput,
  loadTslab,
  nodeHost,
  rememberKernelModules,
  type Tslab,
} from "../node";
import {
  endProcess,
  hearSignals,
  installExit,
  installGate,
  log,
  RUNNING,
  sharedWords,
  stopButtonIn,
  tellLauncher,
} from "../process";
import { libraryReader, loadCompiler } from "./loadCompiler";
import type { Snapshot } from "./snapshot";

/** Starts the kernel in this process by connecting its parts. */

const HELP_LINKS = [{ text: "Node.js", url: "https://nodejs.org/api/" }];
const FAREWELL = 100; // milliseconds

export function startKernel(configPath: string, snapshot?: Snapshot): void {
  process.execArgv = []; // the kernel's own Node flags must not be passed to processes that cells fork
  const words = sharedWords();
  let control: ControlThread | undefined;
  const press = () => control?.post({ kind: "signal", cell: Atomics.load(words, RUNNING) });
  hearSignals(press);
  installGate(words);
  prepareNode();
  const { compiler, files, known } = loadCompiler(snapshot);
  checkCompiler(compiler);
  const tslab = loadTslab(compiler);
  const options = snapshot?.options ?? cellOptions(compiler, libraryReader(compiler));
  const isPressed = () => evaluator.runningCell?.pressed === true;
  const cellCompiler = new CellCompiler(compiler, options, files, known, isPressed);
  const evaluator: Evaluator = new Evaluator(new CellExecutor(tslab.executor), cellCompiler);
  const output = new Output(() => server.pump());
  installOutput(output, tslab);
  installExit((code) => tellExit(code, evaluator, output));
  const history = new History();
  const interrupts = new Interrupts(evaluator);
  const server = new KernelServer(tslab.jupyter, configPath, words, {
    cells: new Cells(evaluator, output, history, stopButtonIn(words)),
    handlers: handlers(tslab, cellCompiler, history, press),
    interrupt: (cell, broken) => interrupts.interrupt(cell, broken),
    started: (thread) => {
      void new Input(evaluator, (message, transfer) => thread.post(message, transfer));
      control = thread;
    },
    taken: () => tellLauncher("cell"),
    shutdown: () => endProcess(),
  });
  catchStrays(evaluator, output);
  // For the library: the state of the cell to which the calling code belongs.
  Object.assign(globalThis, { [Symbol.for("Jupyter.cell")]: () => (cellOfCode() ?? evaluator.runningCell)?.state });
  rememberKernelModules();
  server.init().then(
    () => tellLauncher("started"),
    (error) => {
      log(error);
      process.exit(1);
    },
  );
}

/** Prepares Node for cells, so that their timers, worker threads and child processes belong to them. */
function prepareNode(): void {
  provideHost(nodeHost);
  installContext(promiseHooks);
  installTimers();
  installChildOutput();
  installWorkerOutput();
  installStackTraces();
  installOwnModules();
}

function checkCompiler(compiler: Compiler): void {
  const lacking = missingInternals(compiler).join(", ");
  if (lacking === "") return;
  const wanted = "the version of package.json: npm ci";
  throw new Error(`dlfs-kernel: TypeScript ${compiler.version} lacks ${lacking}; wanted is ${wanted}`);
}

/**
 * Sends all that cells print and show to `output`. It replaces the console, the streams, the function behind tslab's
 * display functions (`lastWriteDisplayData` of tslab/dist/jupyter.js), and the function for libraries,
 * `Symbol.for("Jupyter.publish")`. The latter takes the content of a display_data message, and whether it replaces the
 * one with the same display_id.
 */
function installOutput(output: Output, { jupyter }: Tslab): void {
  installStreams(output);
  installConsole(console, output);
  const display = (data: object, update?: boolean) => output.display(data, update);
  Object.assign(jupyter, { lastWriteDisplayData: display });
  Object.assign(globalThis, { [Symbol.for("Jupyter.publish")]: display });
}

/** Writes into the running cell why its kernel ends, and waits a moment, because another thread sends the message. */
function tellExit(code: number, { runningCell }: Evaluator, output: Output): void {
  if (!runningCell) return;
  output.write("stderr", `process.exit(${code}): the kernel ends\n`, runningCell);
  output.flushAll();
  waitFor(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FAREWELL);
}

function handlers(tslab: Tslab, compiler: CellCompiler, history: History, press: () => void): Record<string, Handler> {
  const info = kernelInfo({
    implementation: tslab.version,
    typescript: compiler.compiler.version,
    place: `on Node ${process.version}`,
    helpLinks: HELP_LINKS,
  });
  return {
    kernel_info_request: () => info,
    complete_request: ({ code, cursor_pos }) => completeReply(compiler, code as string, cursor_pos as number),
    inspect_request: ({ code, cursor_pos }) => inspectReply(compiler, code as string, cursor_pos as number),
    is_complete_request: ({ code }) => isComplete(compiler.compiler, code as string),
    history_request: (content) => ({ status: "ok", history: history.find(content) }),
    shutdown_request: ({ restart }) => ({ status: "ok", restart }),
    // On the shell channel, where VS Code sent it for years; the control thread answers those on the control channel.
    interrupt_request: () => {
      press();
      return { status: "ok" };
    },
    ...commHandlers,
  };
}
