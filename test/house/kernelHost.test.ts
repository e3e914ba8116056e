import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import { format, inspect } from "node:util";
import vm from "node:vm";
import { build } from "esbuild";
import ts from "typescript";
import type * as Cells from "../../kernel/src/cells";
import type * as Compile from "../../kernel/src/compile";
import { sourceMaps } from "../../kernel/src/node/sourceMaps";

/** kernel/src/compile and kernel/src/cells run where there is no Node: what they need of their host is handed in. */

const root = resolve(__dirname, "../..");

/** Both folders as one script. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * as compile from "./compile"; export * as cells from "./cells";',
      resolveDir: join(root, "kernel/src"),
    },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "kernel",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0].text;
}

interface Kernel {
  compile: typeof Compile;
  cells: typeof Cells;
}

type Message = [type: string, content: Record<string, unknown>];

/** A kernel of the two folders in a context of its own. */
class StubKernel {
  readonly log: unknown[] = [];
  private readonly context: vm.Context;
  private readonly kernel: Kernel;
  private readonly queue: Cells.Cells;
  private readonly interrupts: Cells.Interrupts;
  private presses = 0;
  private running = 0;

  constructor(script: string) {
    // what every browser has, and nothing of Node's
    this.context = vm.createContext({ performance, AbortController, console: { ...console } });
    vm.runInContext(script, this.context, { filename: "kernel.js" });
    assert.equal(
      vm.runInContext("[typeof process, typeof Buffer, typeof require, typeof setTimeout].join()", this.context),
      "undefined,undefined,undefined,undefined",
    );
    this.kernel = vm.runInContext("kernel", this.context) as Kernel;
    const { cells } = this.kernel;
    cells.provideHost(this.host());
    cells.installStackTraces();
    const evaluator: Cells.Evaluator = new cells.Evaluator(
      this.executor(),
      this.compiler(() => evaluator.runningCell?.pressed === true),
    );
    const output = new cells.Output(() => {});
    cells.installConsole(vm.runInContext("console", this.context) as Console, output);
    cells.catchStrays(evaluator, output);
    this.interrupts = new cells.Interrupts(evaluator);
    this.queue = new cells.Cells(evaluator, output, new cells.History(), this.stopButton());
  }

  /** What a cell publishes; `began` is called when it has begun. */
  async run(code: string, began: () => void = () => {}): Promise<Message[]> {
    const messages: Message[] = [];
    await this.queue.execute({ code } as Cells.ExecuteRequest, (type, content) => {
      if (type === "execute_input") began();
      else if (type !== "status") messages.push([type, content as Record<string, unknown>]);
    });
    return messages;
  }

  async stop(): Promise<void> {
    this.presses++;
    await this.interrupts.interrupt(this.running, false);
  }

  private host(): Cells.Host {
    return {
      log: (message) => this.log.push(message),
      timers: {
        setTimeout,
        clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
        setImmediate,
        queueMicrotask,
      },
      inspect,
      format,
      sourceMaps,
      isMachinery: (file) => !file.startsWith("In["),
      onUncaught: () => {},
      interrupts: { install: () => {}, areThere: () => false, call: () => {}, isOfChildProcess: () => false },
      modules: { update: () => {}, dropHalfLoaded: () => {} },
    };
  }

  private stopButton(): Cells.StopButton {
    return {
      presses: () => this.presses,
      setRunning: (cell) => void (this.running = cell),
      setLooked: () => {},
    };
  }

  private executor(): Cells.Executor {
    const { context } = this;
    return {
      provide: (variables) => void Object.assign(context, { __tslab__: { variables } }),
      async execute(source, steps) {
        const compiled = steps.compile(source);
        if (!compiled) return;
        const text = `(${compiled.awaits ? "async " : ""}function (exports, require) { ${compiled.output}\n})({})`;
        const options = { filename: compiled.name, displayErrors: false };
        await steps.run(() => vm.runInContext(text, context, options) as unknown);
      },
    };
  }

  private compiler(isCancelled: () => boolean): Compile.CellCompiler {
    const { CellCompiler, cellOptions } = this.kernel.compile;
    const libraryFolder = join(root, "node_modules/typescript/lib");
    const read = (name: string) => (existsSync(name) ? readFileSync(name, "utf8") : undefined);
    const options = { ...cellOptions(ts, (name) => read(join(libraryFolder, name))), types: [] };
    return new CellCompiler(
      ts,
      options,
      {
        folder: root,
        readFile: read,
        fileExists: (name) => statSync(name, { throwIfNoEntry: false })?.isFile() === true,
        directoryExists: (name) => statSync(name, { throwIfNoEntry: false })?.isDirectory() === true,
        getDirectories: (name) => readdirSync(name),
        realpath: (name) => realpathSync(name),
        version: () => "1",
        libraryFolder,
        typesFile: undefined,
        fallbackFolder: root,
        globals: "declare const console: { log(...values: unknown[]): void };",
      },
      undefined,
      isCancelled,
    );
  }
}

test("without Node's modules and globals, on a host that is a stub, cells are compiled, run and stopped", async () => {
  const kernel = new StubKernel(await bundle());
  const stream = (text: string): Message => ["stream", { name: "stdout", text }];
  const result = (execution_count: number, text: string): Message => [
    "execute_result",
    { execution_count, data: { "text/plain": text }, metadata: {} },
  ];
  assert.deepEqual(
    plain(await kernel.run("let rate = 0.5; const half = (x: number) => rate * x; console.log('rate', rate)")),
    [stream("rate 0.5\n")],
  );
  assert.deepEqual(plain(await kernel.run("rate = 2; await 0; half(21)")), [result(2, "42")]);
  const [[, thrown]] = await kernel.run("const fail = () => { throw new RangeError('no'); };\nfail()");
  assert.equal(thrown.ename, "RangeError");
  assert.match((thrown.traceback as string[]).join("\n"), /RangeError: no\n {4}at fail \(In\[3\]:1:/);
  const [[, complaint]] = await kernel.run("const text: string = rate;");
  assert.equal(complaint.evalue, "Type 'number' is not assignable to type 'string'. (In[4]:1:7)");
  let begin = () => {};
  const began = new Promise<void>((resolve) => (begin = resolve));
  const endless = kernel.run("await new Promise(() => {})", begin);
  await began;
  await new Promise<void>((resolve) => setImmediate(resolve)); // the queue gives the cell a turn of its own
  await kernel.stop();
  const [[, stopped]] = await endless;
  assert.equal(stopped.ename, "KeyboardInterrupt");
  assert.deepEqual(plain(await kernel.run("half(1)")), [result(6, "2")]);
  assert.deepEqual(kernel.log, []);
});

/** Objects of another context have other prototypes. */
function plain(messages: Message[]): unknown {
  return JSON.parse(JSON.stringify(messages));
}
