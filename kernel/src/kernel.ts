import { Cells } from "./cells";
import { commHandlers } from "./comms";
import { Evaluator } from "./evaluator";
import { History } from "./history";
import { installImmediates } from "./immediates";
import { allowTermination, Interrupts } from "./interrupt";
import { endProcess, installExit } from "./lifetime";
import { log } from "./log";
import { Output } from "./output";
import { createServer, type Handler } from "./server";
import { catchStrays } from "./strays";
import { installStackTraces } from "./traceback";
import type { Snapshot } from "./snapshot";
import { loadTslab, type Tslab } from "./tslab";

/** The kernel in this process: its parts put together. */

export function startKernel(configPath: string, snapshot?: Snapshot): void {
  const launched = snapshot !== undefined;
  allowTermination();
  installImmediates();
  installStackTraces();
  const tslab = loadTslab(snapshot);
  installExit(launched);
  const evaluator = new Evaluator(tslab, (running) => {
    server.thread?.holds(running);
  });
  const output = new Output(tslab.jupyter, () => server.pump());
  const history = new History();
  const interrupts = new Interrupts(evaluator);
  const server = createServer(tslab, configPath, launched, {
    cells: new Cells(evaluator, output, history),
    handlers: handlers(tslab, evaluator, history),
    interrupt: (broken) => interrupts.interrupt(broken),
    shutdown: () => endProcess(),
  });
  catchStrays(evaluator, output);
  server.init().catch((error) => {
    log(error);
    process.exit(1);
  });
}

function handlers(tslab: Tslab, evaluator: Evaluator, history: History): Record<string, Handler> {
  const stock = new tslab.jupyter.JupyterHandlerImpl(evaluator.executor, false);
  const info = stock.handleKernel();
  const kernelInfo = {
    ...info,
    status: "ok",
    implementation_version: tslab.version,
    banner: `TypeScript ${tslab.compiler.version} on Node ${process.version}`,
    language_info: { ...info.language_info, version: tslab.compiler.version },
  };
  return {
    kernel_info_request: () => kernelInfo,
    complete_request: (content) => stock.handleComplete(content as never),
    inspect_request: (content) => stock.handleInspect(content as never),
    is_complete_request: (content) => stock.handleIsComplete(content as never),
    history_request: (content) => ({ status: "ok", history: history.find(content) }),
    shutdown_request: ({ restart }) => ({ status: "ok", restart }),
    interrupt_request: () => ({ status: "ok" }),
    ...commHandlers,
  };
}
