import { FOLDER_NAME, Variables, type CellCompiler, type CompiledCell, type Diagnostic } from "../compile";
import type { Cell } from "./cell";
import { inTurnOfItsOwn, runAs } from "./context";
import { compileError, KeyboardInterrupt, thrownError, type ErrorContent, type Remains } from "./errors";
import { host, type Executor, type Script } from "./host";
import { toBundle, type MimeBundle } from "./results";
import { registerSource } from "./traceback";
import { callUser } from "./userland";

/**
 * Compiles and runs one cell at a time. It relies on an executor to make functions of compiled cells; in Node that is
 * tslab's (node/tslabExecutor.ts).
 */

export type Outcome = { status: "ok"; data?: MimeBundle } | { status: "error"; error: ErrorContent };

interface Run {
  cell: Cell;
  name: string;
  source: string;
  diagnostics: Diagnostic[];
  compiled?: Compiled;
  failure?: { thrown: unknown; remains?: Remains };
  /** Ends the cell after the work that is queued already, even if its own code was terminated and cannot continue. */
  end: () => void;
  /** Settles the promise that the executor awaits. */
  settle: () => void;
}

interface Compiled extends CompiledCell {
  /** The values of the cell's names before it ran, for those that had one. */
  values: ReadonlyMap<string, unknown>;
}

export class Evaluator {
  private readonly variables = new Variables();
  private run: Run | undefined;
  private ended: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly executor: Executor,
    private readonly compiler: CellCompiler,
  ) {
    this.variables.box(FOLDER_NAME).value = compiler.project.files.folder;
    executor.provide(this.variables);
  }

  /** The name of the cell that runs, if one does. */
  get runningName(): string | undefined {
    return this.run?.name;
  }

  /** The cell that runs, if one does. */
  get runningCell(): Cell | undefined {
    return this.run?.cell;
  }

  /** Settles when no cell is running. */
  whenIdle(): Promise<unknown> {
    return this.ended;
  }

  /** Runs `source`; its frames in stack traces have the file name `name`. */
  evaluate(source: string, name: string, cell: Cell): Promise<Outcome> {
    const outcome = this.runToOutcome(source, name, cell);
    this.ended = outcome;
    return outcome;
  }

  /** Ends the running cell with an error; false when none is running. */
  endWith(thrown: unknown): boolean {
    const { run } = this;
    if (!run) return false;
    if (thrown instanceof KeyboardInterrupt) run.cell.broken = true;
    this.recordFailure(run, thrown);
    run.settle();
    run.end();
    return true;
  }

  private async runToOutcome(source: string, name: string, cell: Cell): Promise<Outcome> {
    const run: Run = { cell, name, source, diagnostics: [], end() {}, settle() {} };
    const { setImmediate } = host().timers;
    // The code that would continue here may have been terminated together with the cell's code.
    const ended = new Promise<undefined>(
      (resolve) => (run.end = () => void setImmediate(() => setImmediate(() => resolve(undefined)))),
    );
    this.run = run;
    const data = await Promise.race([this.execute(run), ended]);
    this.run = undefined;
    if (run.diagnostics.length > 0) return { status: "error", error: compileError(name, source, run.diagnostics) };
    if (run.failure) return { status: "error", error: thrownError(run.failure.thrown, run.failure.remains) };
    return { status: "ok", data };
  }

  private async execute(run: Run): Promise<MimeBundle | undefined> {
    try {
      await this.executor.execute(run.source, {
        compile: (source) => this.compileScript(run, source),
        addModule: (name, source) => this.addModule(run, `${name}.ts`, source),
        run: (start) => this.runScript(run, start),
      });
      if (run.compiled && !run.failure && run.diagnostics.length === 0) this.compiler.declare(run.compiled);
      const value = this.variables.takeLast();
      const data = value === undefined || run.failure ? undefined : await runAs(run.cell, () => toBundle(value));
      // Node reports unhandled rejections after the microtasks: they still belong to this cell.
      await new Promise<void>((resolve) => host().timers.setImmediate(resolve));
      return data;
    } catch (thrown) {
      this.recordFailure(run, thrown);
      return undefined;
    }
  }

  private compileScript(run: Run, source: string): Script | undefined {
    const compiled = this.compile(run.cell, source);
    run.diagnostics.push(...compiled.diagnostics);
    host().modules.update(compiled.modules, (file) => this.compiler.project.files.readFile(file) ?? "");
    run.compiled = { ...compiled, values: this.variables.valuesOf(compiled.names) };
    if (!compiled.output) return undefined;
    return {
      name: run.name,
      output: registerSource(run.name, run.source, compiled.output),
      awaits: compiled.awaits,
    };
  }

  // A press of the stop button ends the compilation early, and nothing of the cell runs.
  private compile(cell: Cell, source: string): CompiledCell {
    try {
      return this.compiler.compile(source);
    } catch (error) {
      throw cell.pressed ? new KeyboardInterrupt() : error;
    }
  }

  private addModule(run: Run, name: string, source: string): Diagnostic[] {
    const { diagnostics, modules } = this.compiler.addModule(name, source);
    run.diagnostics.push(...diagnostics);
    host().modules.update(modules, () => source);
    return diagnostics;
  }

  // Failures are not passed to the executor: tslab's would forget all declarations of the cell.
  private runScript(run: Run, start: () => unknown): Promise<void> {
    return new Promise((resolve) => {
      run.settle = resolve;
      inTurnOfItsOwn(run.cell, async () => {
        try {
          if (run.cell.pressed) throw new KeyboardInterrupt();
          const started = callUser(start);
          await (run.compiled?.awaits ? started : undefined);
        } catch (thrown) {
          this.recordFailure(run, isInterrupted(run, thrown) ? new KeyboardInterrupt() : thrown);
        }
        resolve();
      });
    });
  }

  // Only the first failure is recorded. Variables that the cell has set keep their new values and types; the others
  // stay as they were.
  private recordFailure(run: Run, thrown: unknown): void {
    if (run.failure) return;
    run.failure = { thrown };
    if (!run.compiled?.output) return;
    const { names, values } = run.compiled;
    const unset = this.variables.unsetOf(names, values);
    this.compiler.declare(run.compiled, new Set(unset));
    run.failure.remains = {
      lost: unset.filter((name) => !values.has(name)),
      kept: unset.filter((name) => values.has(name)),
    };
  }
}

function isInterrupted({ cell }: Run, thrown: unknown): boolean {
  return cell.pressed && host().interrupts.isOfChildProcess(thrown);
}
