import vm from "node:vm";
import type { ConvertResult, Converter, Diagnostic } from "tslab/dist/converter";
import type { Executor } from "tslab/dist/executor";
import type { Compiler } from "./compiler";
import { compileError, thrownError, type ErrorContent } from "./errors";
import { declaredNames, exportAll, withoutBinding } from "./program";
import { remains, type Remains } from "./declarations";
import { toBundle, type MimeBundle } from "./results";
import { registerCell } from "./traceback";
import type { Tslab } from "./tslab";
import { assignPlainly, installVariables, valueNames, valuesOf, type Variables } from "./variables";

/**
 * Compiles and runs one cell at a time. It relies on tslab's executor calling `convs.node.convert(prevDecl, src)`, then
 * `vm.runInThisContext(code, { breakOnSigint: true })` on `(async )?(function(exports, require) { `, and on it reading
 * `declOutput` from the result of convert only after the cell has run.
 */

export type Outcome = { status: "ok"; data?: MimeBundle } | { status: "error"; error: ErrorContent };

interface Run {
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

interface Compiled {
  before: string;
  result: ConvertResult;
  lastExpression?: string;
  /** The names that the cell gives a value, and those values that they had before. */
  names: string[];
  values: ReadonlyMap<string, unknown>;
}

type Compile = (code: string, more: vm.RunningScriptOptions) => unknown;

const PREFIX = /^\((async )?function\(exports, require\) \{ /;

export class Evaluator {
  readonly executor: Executor;
  private readonly compiler: Compiler;
  private readonly variables: Variables;
  private run: Run | undefined;
  private ended: Promise<unknown> = Promise.resolve();

  /** `duringSync` is told when a cell's code begins and ceases to hold the thread by itself. */
  constructor(
    tslab: Tslab,
    private readonly duringSync: (running: boolean) => void,
  ) {
    this.compiler = tslab.compiler;
    const converter = this.observe(tslab.converter.createConverter({ isJS: false, isBrowser: false }));
    const converters = { node: converter, browser: converter, close: () => converter.close() };
    this.executor = tslab.executor.createExecutor(process.cwd(), converters, { log() {}, error() {} });
    this.variables = installVariables();
    const runInThisContext = vm.runInThisContext;
    vm.runInThisContext = (code, options) =>
      this.run && typeof options === "object" && options.breakOnSigint
        ? this.start(this.run, code, (text, more) => runInThisContext(text, { ...options, ...more }))
        : runInThisContext(code, options);
  }

  /** The name of the cell that runs, if one does. */
  get running(): string | undefined {
    return this.run?.name;
  }

  /** Settles when no cell is running. */
  get idle(): Promise<unknown> {
    return this.ended;
  }

  /** Runs `source`; frames of its code carry `name`. */
  evaluate(source: string, name: string): Promise<Outcome> {
    const outcome = this.outcome(source, name);
    this.ended = outcome;
    return outcome;
  }

  /** Ends the running cell with an error; false when none is running. */
  fail(thrown: unknown): boolean {
    const { run } = this;
    if (!run) return false;
    this.failed(run, thrown);
    run.settle();
    run.end();
    return true;
  }

  private async outcome(source: string, name: string): Promise<Outcome> {
    const run: Run = { name, source, diagnostics: [], end() {}, settle() {} };
    // The code that would go on may have been terminated with the cell's.
    const ended = new Promise<undefined>((resolve) => (run.end = () => setImmediate(() => setImmediate(resolve, undefined))));
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
      const value = this.takeLastExpression(run);
      const data = value === undefined || run.failure ? undefined : await toBundle(value);
      // Rejections that nobody handles are told after the microtasks: they still belong to this cell.
      await new Promise((resolve) => setImmediate(resolve));
      return data;
    } catch (thrown) {
      this.failed(run, thrown);
      return undefined;
    }
  }

  private observe(converter: Converter): Converter {
    return {
      ...converter,
      convert: (previous, source) => {
        const names = declaredNames(this.compiler, source);
        const exporting = exportAll(source, names);
        return this.compiled(previous, withoutBinding(() => converter.convert(previous, exporting)));
      },
      addModule: (name, content, meta) => {
        const diagnostics = converter.addModule(name, content, meta);
        this.run?.diagnostics.push(...diagnostics);
        return diagnostics;
      },
    };
  }

  // Without lastExpressionVar the executor prints nothing itself.
  private compiled(before: string, converted: ConvertResult): ConvertResult {
    const { run } = this;
    if (!run) return converted;
    run.diagnostics.push(...converted.diagnostics);
    const output = converted.output && assignPlainly(registerCell(run.name, run.source, converted.output));
    const result = { ...converted, output, lastExpressionVar: undefined };
    const lastExpression = converted.lastExpressionVar;
    const names = valueNames(converted.output ?? "").filter((name) => name !== lastExpression);
    run.compiled = { before, result, lastExpression, names, values: valuesOf(this.variables, names) };
    return result;
  }

  // The executor is told of no failure: it would forget the declarations of the whole cell.
  private start(run: Run, code: string, compile: Compile): unknown {
    const [prefix = ""] = PREFIX.exec(code) ?? [];
    try {
      this.duringSync(true);
      const started = compile(code, { filename: run.name, columnOffset: -prefix.length, displayErrors: false });
      return run.compiled?.result.hasToplevelAwait ? this.settled(run, started as Promise<unknown>) : undefined;
    } catch (thrown) {
      this.failed(run, thrown);
      return undefined;
    } finally {
      this.duringSync(false);
    }
  }

  private settled(run: Run, promise: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      run.settle = resolve;
      promise.then(
        () => resolve(),
        (thrown: unknown) => {
          this.failed(run, thrown);
          resolve();
        },
      );
    });
  }

  // The first failure counts. The executor takes over declOutput when the cell has ended, so it can still be changed.
  private failed(run: Run, thrown: unknown): void {
    if (run.failure) return;
    run.failure = { thrown };
    if (!run.compiled?.result.output) return;
    const { before, result, names, values } = run.compiled;
    const cell = { before, after: result.declOutput ?? "", names, values };
    run.failure.remains = remains(this.compiler, this.variables, cell);
    result.declOutput = run.failure.remains.declarations;
  }

  private takeLastExpression({ compiled }: Run): unknown {
    if (!compiled?.lastExpression) return undefined;
    const value = this.variables[compiled.lastExpression];
    this.variables[compiled.lastExpression] = undefined; // a delete would turn the object into a slow one
    return value;
  }
}
