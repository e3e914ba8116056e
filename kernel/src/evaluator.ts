import vm from "node:vm";
import type { ConvertResult, Converter } from "tslab/dist/converter";
import type { Executor } from "tslab/dist/executor";
import { Variables, type CellCompiler, type CompiledCell, type Diagnostic } from "./compile";
import type { Cell } from "./cell";
import { isOfInterruptedChild } from "./children";
import { runAs } from "./context";
import { compileError, KeyboardInterrupt, thrownError, type ErrorContent, type Remains } from "./errors";
import { setImmediate } from "./hostTimers";
import { inTurnOfItsOwn } from "./interrupt";
import { installOwnModules, updateModules } from "./ownModules";
import { toBundle, type MimeBundle } from "./results";
import { registerSource } from "./traceback";
import type { Tslab } from "./tslab";
import { callUser } from "./userland";

/**
 * Compiles and runs one cell at a time. It relies on tslab's executor calling `convs.node.convert(prevDecl, src)`, then
 * `vm.runInThisContext(code, { breakOnSigint: true })` on `(async function(exports, require) { ` and waiting for the promise
 * that this gives, with `require` taken from the global `__tslab__`, in which the cells find their variables.
 */

export type Outcome = { status: "ok"; data?: MimeBundle } | { status: "error"; error: ErrorContent };

interface Run {
  cell: Cell;
  name: string;
  source: string;
  diagnostics: Diagnostic[];
  compiled?: Compiled;
  failure?: { thrown: unknown; remains?: Remains };
  /** Ends what the cell awaits, then the cell, whether or not its code is still there to go on. */
  end: () => void;
  /** Ends what the executor awaits. */
  settle: () => void;
}

interface Compiled extends CompiledCell {
  /** Those values that the cell's names had before it ran. */
  values: ReadonlyMap<string, unknown>;
}

type Compile = (code: string, more: vm.RunningScriptOptions) => unknown;

const PREFIX = "(async function(exports, require) { ";

export class Evaluator {
  private readonly executor: Executor;
  private readonly variables = new Variables();
  private run: Run | undefined;
  private ended: Promise<unknown> = Promise.resolve();

  constructor(
    tslab: Tslab,
    private readonly compiler: CellCompiler,
  ) {
    installOwnModules();
    const converter = this.converter();
    const converters = { node: converter, browser: converter, close: () => converter.close() };
    this.executor = tslab.executor.createExecutor(process.cwd(), converters, { log() {}, error() {} });
    Object.assign((globalThis as unknown as { __tslab__: object }).__tslab__, { variables: this.variables });
    const runInThisContext = vm.runInThisContext;
    vm.runInThisContext = (code, options) =>
      this.run && typeof options === "object" && options.breakOnSigint
        ? this.start(this.run, code, runInThisContext)
        : runInThisContext(code, options);
  }

  /** The name of the cell that runs, if one does. */
  get running(): string | undefined {
    return this.run?.name;
  }

  /** The cell that runs, if one does. */
  get cell(): Cell | undefined {
    return this.run?.cell;
  }

  /** Settles when no cell is running. */
  get idle(): Promise<unknown> {
    return this.ended;
  }

  /** Runs `source`; frames of its code carry `name`. */
  evaluate(source: string, name: string, cell: Cell): Promise<Outcome> {
    const outcome = this.outcome(source, name, cell);
    this.ended = outcome;
    return outcome;
  }

  /** Ends the running cell with an error; false when none is running. */
  fail(thrown: unknown): boolean {
    const { run } = this;
    if (!run) return false;
    if (thrown instanceof KeyboardInterrupt) run.cell.broken = true;
    this.failed(run, thrown);
    run.settle();
    run.end();
    return true;
  }

  private async outcome(source: string, name: string, cell: Cell): Promise<Outcome> {
    const run: Run = { cell, name, source, diagnostics: [], end() {}, settle() {} };
    // The code that would go on may have been terminated with the cell's.
    const ended = new Promise<undefined>(
      (resolve) => (run.end = () => setImmediate(() => setImmediate(() => resolve(undefined)))),
    );
    this.run = run;
    const data = await Promise.race([this.work(run), ended]);
    this.run = undefined;
    if (run.diagnostics.length > 0) return { status: "error", error: compileError(name, source, run.diagnostics) };
    if (run.failure) return { status: "error", error: thrownError(run.failure.thrown, run.failure.remains) };
    return { status: "ok", data };
  }

  private async work(run: Run): Promise<MimeBundle | undefined> {
    try {
      await this.executor.execute(run.source);
      if (run.compiled && !run.failure && run.diagnostics.length === 0) this.compiler.declare(run.compiled);
      const value = this.variables.takeLast();
      const data = value === undefined || run.failure ? undefined : await runAs(run.cell, () => toBundle(value));
      // Rejections that nobody handles are told after the microtasks: they still belong to this cell.
      await new Promise((resolve) => setImmediate(resolve));
      return data;
    } catch (thrown) {
      this.failed(run, thrown);
      return undefined;
    }
  }

  // Neither declarations nor the last expression pass through the executor, which would print the one and forget the other.
  private converter(): Converter {
    return {
      convert: (_declarations, source) => this.convert(source),
      addModule: (name, source) => this.addModule(`${name}.ts`, source),
      inspect: () => undefined as never,
      complete: () => undefined as never,
      close() {},
    };
  }

  private convert(source: string): ConvertResult {
    const { run } = this;
    if (!run) throw new Error("convert: no cell is running");
    const compiled = this.compile(run.cell, source);
    run.diagnostics.push(...compiled.diagnostics);
    updateModules(compiled.modules, (file) => this.compiler.project.files.readFile(file) ?? "");
    run.compiled = { ...compiled, values: this.variables.valuesOf(compiled.names) };
    const output = compiled.output && registerSource(run.name, run.source, compiled.output);
    return { output, declOutput: "", diagnostics: compiled.diagnostics, hasToplevelAwait: true };
  }

  // A press ends it early; what has been compiled by then does not run either.
  private compile(cell: Cell, source: string): CompiledCell {
    try {
      return this.compiler.compile(source);
    } catch (error) {
      throw cell.pressed ? new KeyboardInterrupt("the cell was interrupted") : error;
    }
  }

  private addModule(name: string, source: string): Diagnostic[] {
    const { diagnostics, modules } = this.compiler.addModule(name, source);
    this.run?.diagnostics.push(...diagnostics);
    updateModules(modules, () => source);
    return diagnostics;
  }

  // The executor is told of no failure: it would forget the declarations of the whole cell.
  private start(run: Run, code: string, compile: Compile): Promise<void> {
    return new Promise((resolve) => {
      run.settle = resolve;
      inTurnOfItsOwn(run.cell, async () => {
        try {
          if (run.cell.pressed) throw new KeyboardInterrupt("the cell was interrupted");
          await this.call(run, code, compile);
        } catch (thrown) {
          this.failed(
            run,
            run.cell.pressed && isOfInterruptedChild(thrown)
              ? new KeyboardInterrupt("the cell was interrupted")
              : thrown,
          );
        }
        resolve();
      });
    });
  }

  // Synchronous code runs in a plain function.
  private call(run: Run, code: string, compile: Compile): unknown {
    const prefix = run.compiled?.awaits ? PREFIX : PREFIX.replace("async ", "");
    const text = prefix + code.slice(PREFIX.length);
    const options = { filename: run.name, columnOffset: -prefix.length, displayErrors: false };
    const started = callUser(() => compile(text, options));
    return run.compiled?.awaits ? started : undefined;
  }

  // The first failure counts. What the cell had set by then keeps its new values and types, the rest stays what it was.
  private failed(run: Run, thrown: unknown): void {
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
