import {
  Cells,
  catchStrays,
  cellOfCode,
  Evaluator,
  History,
  installConsole,
  Interrupts,
  kernelInfo,
  Output,
  type ExecuteRequest,
  type Publish,
} from "../../kernel/src/cells";
import {
  CellCompiler,
  cellOptions,
  completeReply,
  inspectReply,
  isComplete,
  type Compiler,
} from "../../kernel/src/compile";
import { BrowserExecutor } from "./executor";
import { filesOf, LIBRARY_FOLDER, type TypeFiles } from "./typeFiles";

export interface KernelParts {
  compiler: Compiler;
  types: TypeFiles;
  folder: string;
  /** Gives the exports of a package by its name, or throws. */
  load(name: string): unknown;
  /** How often the stop button was pressed, as far as this thread can know. */
  presses(): number;
}

/** The kernel of one notebook, without Jupyter's channels. */
export class BrowserKernel {
  private readonly cells: Cells;
  private readonly interrupts: Interrupts;
  private readonly compiler: CellCompiler;
  private readonly history = new History();
  private running = 0;

  constructor({ compiler, types, folder, load, presses }: KernelParts) {
    const options = { ...cellOptions(compiler, (name) => types[`${LIBRARY_FOLDER}/${name}`]), types: [] };
    const isPressed = () => evaluator.runningCell?.pressed === true;
    this.compiler = new CellCompiler(compiler, options, filesOf(types, folder), undefined, isPressed);
    const evaluator: Evaluator = new Evaluator(new BrowserExecutor(load), this.compiler);
    const output = new Output(() => {});
    installConsole(console, output);
    const display = (data: object, update?: boolean) => output.display(data, update);
    Object.assign(globalThis, {
      [Symbol.for("Jupyter.publish")]: display,
      [Symbol.for("Jupyter.cell")]: () => (cellOfCode() ?? evaluator.runningCell)?.state,
    });
    catchStrays(evaluator, output);
    this.interrupts = new Interrupts(evaluator);
    this.cells = new Cells(evaluator, output, this.history, {
      presses,
      setRunning: (cell) => void (this.running = cell),
      setLooked: () => {},
    });
  }

  /** Answers a request; `publish` sends the messages that belong to it. */
  async answer(type: string, content: Record<string, unknown>, publish: Publish): Promise<object> {
    const [code, cursor] = [content.code as string, content.cursor_pos as number];
    switch (type) {
      case "execute":
        return this.cells.execute(content as object as ExecuteRequest, publish);
      case "complete":
        return completeReply(this.compiler, code, cursor);
      case "inspect":
        return inspectReply(this.compiler, code, cursor);
      case "is_complete":
        return isComplete(this.compiler.compiler, code);
      case "history":
        return { status: "ok", history: this.history.find(content) };
      case "kernel_info":
        return this.info();
      default:
        return { status: "error", ename: "RangeError", evalue: `no answer to ${type}`, traceback: [] };
    }
  }

  private info(): object {
    const { version } = this.compiler.compiler;
    return kernelInfo({ implementation: version, typescript: version, place: "in the browser", helpLinks: [] });
  }

  /** Ends the running cell as the stop button does; settles when it has ended. */
  async interrupt(): Promise<void> {
    await this.interrupts.interrupt(this.running, false);
  }
}
