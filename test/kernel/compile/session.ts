import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { format } from "node:util";
import vm from "node:vm";
import type { SourceFile } from "typescript";
import {
  CellCompiler,
  cellOptions,
  NOTHING_KNOWN,
  Variables,
  type CompiledCell,
  type Diagnostic,
} from "../../../kernel/src/compile";
import { installOwnModules, updateModules } from "../../../kernel/src/node";
import { libraryReader, loadCompiler } from "../../../kernel/src/start/loadCompiler";

/**
 * Compiles and runs the cells of a notebook in this process, as the kernel's evaluator does, without tslab and
 * channels.
 */

export interface Ran {
  /** What the cell printed, a line each. */
  printed: string[];
  /** The value of the last expression. */
  value?: unknown;
  diagnostics: Diagnostic[];
  /** What the cell threw. */
  thrown?: unknown;
  compiled: CompiledCell;
}

interface Holder {
  variables: Variables;
  console: { log(...values: unknown[]): void };
  require: NodeRequire;
}

const { compiler, files } = loadCompiler();
const options = cellOptions(compiler, libraryReader(compiler));
const parsed = new Map<string, SourceFile>();

installOwnModules();

export class Session {
  readonly compiler: CellCompiler;
  readonly variables = new Variables();
  private readonly require: NodeRequire;
  private printed: string[] = [];

  constructor(readonly folder = process.cwd()) {
    this.compiler = new CellCompiler(compiler, options, { ...files, folder }, { ...NOTHING_KNOWN, files: parsed });
    this.require = createRequire(path.join(folder, "cell.js"));
  }

  /** Runs a cell, whatever becomes of it. */
  async run(source: string): Promise<Ran> {
    const compiled = this.compiler.compile(source);
    keepParsed(this.compiler);
    const ran: Ran = { printed: (this.printed = []), diagnostics: compiled.diagnostics, compiled };
    if (compiled.output === undefined) return ran;
    updateModules(compiled.modules, () => "");
    const before = this.variables.valuesOf(compiled.names);
    try {
      await this.call(compiled);
      this.compiler.declare(compiled);
      ran.value = this.variables.takeLast();
    } catch (thrown) {
      this.compiler.declare(compiled, new Set(this.variables.unsetOf(compiled.names, before)));
      ran.thrown = thrown;
    }
    return ran;
  }

  /** Runs cells that must succeed; gives the value of the last one's last expression. */
  async value(...cells: string[]): Promise<unknown> {
    let value: unknown;
    for (const cell of cells) {
      const ran = await this.run(cell);
      if (ran.diagnostics.length > 0)
        throw new Error(
          `${cell}\n${ran.diagnostics.map((found) => `TS${found.code}: ${found.messageText}`).join("\n")}`,
        );
      if (ran.thrown !== undefined) throw ran.thrown;
      value = ran.value;
    }
    return value;
  }

  /** The codes of what TypeScript has against a cell. */
  async codes(cell: string): Promise<number[]> {
    return (await this.run(cell)).diagnostics.map(({ code }) => code);
  }

  private async call({ output, awaits }: CompiledCell): Promise<void> {
    const inner = `(${awaits ? "async " : ""}function (exports, require) { ${output}\n})`;
    const wrapped = `(function (__tslab__, console) { return ${inner}; })`;
    const console = { log: (...values: unknown[]) => void this.printed.push(format(...values)) };
    const make = vm.runInThisContext(wrapped, { filename: "cell" }) as (
      tslab: object,
      console: Holder["console"],
    ) => (exports: object, require: NodeRequire) => unknown;
    const cell = make({ variables: this.variables }, console);
    await cell({}, this.require);
  }
}

// Each session has a program of its own; the files of TypeScript's library and of Node's types are the same for all.
function keepParsed({ project }: CellCompiler): void {
  if (parsed.size > 0) return;
  for (const file of project.open("", [], []).getProgram()!.getSourceFiles()) {
    if (file.fileName.includes("/node_modules/")) parsed.set(file.fileName, file);
  }
}

/** A folder for a notebook and the reader's own modules, removed after the tests of the file. */
export function notebookFolder(): { folder: string; write(name: string, text: string): void } {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "cells-test-")));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, write: (name, text) => writeFileSync(path.join(folder, name), text) };
}
