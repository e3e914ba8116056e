import vm from "node:vm";
import { placeSyntaxError, type CellSteps, type Executor, type Script } from "../cells";
import type { Variables } from "../compile";
import type { ExecutorModule, TslabConverter, TslabExecutor } from "./tslabInternals";

/**
 * Turns compiled cells into functions. It relies on tslab's executor calling `convs.node.convert(prevDecl, src)`, then
 * `vm.runInThisContext(code, { breakOnSigint: true })` on `(async function(exports, require) { ` and waiting for the
 * promise that this gives, with `require` taken from the global `__tslab__`, in which the cells find their variables.
 */

const PREFIX = "(async function(exports, require) { ";

type Compile = (code: string, more: vm.RunningScriptOptions) => unknown;

/** The cell that is being executed: its steps, and its script once it is compiled. */
interface Execution {
  steps: CellSteps;
  script?: Script;
}

export class CellExecutor implements Executor {
  private readonly executor: TslabExecutor;
  private execution: Execution | undefined;

  constructor({ createExecutor }: ExecutorModule) {
    const converter = this.converter();
    const converters = { node: converter, browser: converter, close() {} };
    this.executor = createExecutor(process.cwd(), converters, { log() {}, error() {} });
    const runInThisContext = vm.runInThisContext;
    vm.runInThisContext = (code, options) => {
      const { steps, script } = this.execution ?? {};
      return steps && script && typeof options === "object" && options.breakOnSigint
        ? steps.run(() => start(script, code, runInThisContext))
        : runInThisContext(code, options);
    };
  }

  provide(variables: Variables): void {
    Object.assign(globalThis.__tslab__!, { variables });
  }

  async execute(source: string, steps: CellSteps): Promise<void> {
    this.execution = { steps };
    const executed = this.executor.execute(source); // calls converter and vm before it returns
    this.execution = undefined; // a cell may call runInThisContext itself
    await executed;
  }

  // Declarations, last expression and diagnostics are not passed to tslab's executor: it would forget declarations and
  // print last expressions, and the evaluator has the diagnostics already.
  private converter(): TslabConverter {
    return {
      convert: (_declarations, source) => {
        const execution = this.execution!;
        execution.script = execution.steps.compile(source);
        return { output: execution.script?.output ?? "", diagnostics: [], hasToplevelAwait: true };
      },
      addModule: (name, source) => this.execution!.steps.addModule(name, source),
      close() {},
    };
  }
}

// Synchronous code runs in a plain function.
function start({ name, awaits }: Script, code: string, compile: Compile): unknown {
  const prefix = awaits ? PREFIX : PREFIX.replace("async ", "");
  const options = { filename: name, columnOffset: -prefix.length, displayErrors: false };
  try {
    return compile(prefix + code.slice(PREFIX.length), options);
  } catch (error) {
    placeSyntaxError(error);
    throw error;
  }
}
