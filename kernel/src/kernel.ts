import { Cells } from "./cells";
import { installChildOutput } from "./childOutput";
import { CellCompiler, cellOptions, isComplete, missingInternals } from "./compile";
import { commHandlers } from "./comms";
import { cellOfCode, installContext } from "./context";
import type { ControlThread } from "./control";
import { Evaluator } from "./evaluator";
import { installGate } from "./gate";
import { rememberKernelModules } from "./halfLoaded";
import { completeReply, inspectReply } from "./help";
import { History } from "./history";
import { Interrupts } from "./interrupt";
import { Input } from "./input";
import { endProcess, installExit, tellLauncher } from "./lifetime";
import { log } from "./log";
import { Output } from "./output";
import { createServer, type Handler } from "./server";
import { sharedWords } from "./sharedWords";
import { hearSignals } from "./signals";
import { catchStrays } from "./strays";
import { installStackTraces } from "./traceback";
import type { Snapshot } from "./snapshot";
import { installTimers } from "./timers";
import { loadTslab, type Tslab } from "./tslab";
import { waitFor } from "./userland";
import { libraryReader, loadCompiler } from "./typescript";

const HELP_LINKS = [
  { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
  { text: "JavaScript", url: "https://developer.mozilla.org/docs/Web/JavaScript" },
  { text: "Node.js", url: "https://nodejs.org/api/" },
];
const FAREWELL = 100; // milliseconds

/** The kernel in this process: its parts put together. */

export function startKernel(configPath: string, snapshot?: Snapshot): void {
  process.execArgv = []; // what was asked of Node for the kernel is not meant for the processes that cells fork
  const words = sharedWords();
  let control: ControlThread | undefined;
  hearSignals(() => control?.post({ kind: "signal" }));
  installGate(words);
  installContext();
  installTimers();
  installChildOutput();
  installStackTraces();
  const { compiler, files, parsed } = loadCompiler(snapshot);
  const lacking = missingInternals(compiler);
  if (lacking.length > 0)
    throw new Error(
      `dlfs-kernel: TypeScript ${compiler.version} lacks ${lacking.join(", ")}; wanted is the version of package.json: npm ci`,
    );
  const tslab = loadTslab(compiler);
  const options = snapshot?.options ?? cellOptions(compiler, libraryReader(compiler));
  const cellCompiler: CellCompiler = new CellCompiler(
    compiler,
    options,
    files,
    parsed,
    () => evaluator.cell?.pressed === true,
  );
  const evaluator = new Evaluator(tslab, cellCompiler);
  const output = new Output(tslab.jupyter, () => server.pump());
  installExit((code) => tellExit(code, evaluator, output));
  const history = new History();
  const interrupts = new Interrupts(evaluator);
  const server = createServer(tslab, configPath, words, {
    cells: new Cells(evaluator, output, history, words),
    handlers: handlers(tslab, cellCompiler, history),
    interrupt: (cell, broken) => interrupts.interrupt(cell, broken),
    started: (thread) => {
      void new Input(evaluator, (message, transfer) => thread.post(message, transfer));
      control = thread;
    },
    taken: () => tellLauncher("cell"),
    shutdown: () => endProcess(),
  });
  catchStrays(evaluator, output);
  // What the library asks for: the cell to which the calling code belongs.
  Object.assign(globalThis, { [Symbol.for("Jupyter.cell")]: () => (cellOfCode() ?? evaluator.cell)?.state });
  rememberKernelModules();
  server.init().then(
    () => tellLauncher("started"),
    (error) => {
      log(error);
      process.exit(1);
    },
  );
}

/** Says in the cell that runs why its kernel ends. The message leaves by another thread, which needs a moment. */
function tellExit(code: number, { cell }: Evaluator, output: Output): void {
  if (!cell) return;
  output.write("stderr", `process.exit(${code}): the kernel ends\n`, cell);
  output.flushAll();
  waitFor(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FAREWELL);
}

function handlers(tslab: Tslab, compiler: CellCompiler, history: History): Record<string, Handler> {
  const { version } = compiler.compiler;
  const kernelInfo = {
    status: "ok",
    protocol_version: "5.3",
    implementation: "tslab",
    implementation_version: tslab.version,
    banner: `TypeScript ${version} on Node ${process.version}`,
    language_info: {
      name: "typescript",
      version,
      // JupyterLab, Notebook 7 and nbclassic know both these names; a mode that is an object they take for JavaScript.
      mimetype: "application/typescript",
      codemirror_mode: "typescript",
      pygments_lexer: "typescript",
      file_extension: ".ts",
    },
    help_links: HELP_LINKS,
  };
  return {
    kernel_info_request: () => kernelInfo,
    complete_request: ({ code, cursor_pos }) => completeReply(compiler, code as string, cursor_pos as number),
    inspect_request: ({ code, cursor_pos }) => inspectReply(compiler, code as string, cursor_pos as number),
    is_complete_request: ({ code }) => isComplete(compiler.compiler, code as string),
    history_request: (content) => ({ status: "ok", history: history.find(content) }),
    shutdown_request: ({ restart }) => ({ status: "ok", restart }),
    interrupt_request: () => ({ status: "ok" }),
    ...commHandlers,
  };
}
