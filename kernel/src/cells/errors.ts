import { readableNames, type Diagnostic } from "../compile";
import { linesOf, quoteFirstFrame, quoteLine } from "./traceback";
import { inspectValue } from "./userland";

/** Errors as Jupyter's ename, evalue and traceback. */

export interface ErrorContent {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** The variables that a failed cell had not set before it ended. */
export interface Remains {
  /** Names that are not declared, since the cell ended before it set them. */
  lost: string[];
  /** Names that keep the value of an earlier cell for the same reason. */
  kept: string[];
}

export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";

  constructor() {
    super("the cell was interrupted");
  }
}

const SHOWN = 10; // diagnostics; later ones often follow from the first

/**
 * The diagnostics of TypeScript for a cell, each with its code, its line, and a marker under the part that it is about.
 */
export function compileError(cell: string, source: string, diagnostics: Diagnostic[]): ErrorContent {
  const [first] = diagnostics;
  return {
    ename: `TS${first.code}`,
    evalue: `${first.messageText} (${positionText(cell, first)})`,
    traceback: [
      ...diagnostics.slice(0, SHOWN).flatMap((diagnostic) => complaint(cell, source, diagnostic)),
      ...(diagnostics.length > SHOWN ? [`and ${diagnostics.length - SHOWN} more`] : []),
    ],
  };
}

function complaint(cell: string, source: string, diagnostic: Diagnostic): string[] {
  const said = [`TS${diagnostic.code}: ${diagnostic.messageText}`, `    at ${positionText(cell, diagnostic)}`];
  return diagnostic.fileName ? said : [...said, ...mark(source, diagnostic)];
}

/** The error content for a value that a cell threw, which need not be an Error. */
export function thrownError(thrown: unknown, remains?: Remains): ErrorContent {
  const content = describe(thrown);
  return remains ? { ...content, traceback: [...content.traceback, ...remainsText(remains)] } : content;
}

function remainsText({ lost, kept }: Remains): string[] {
  return [
    ...(lost.length > 0 ? [`Not declared, because the cell ended before: ${lost.join(", ")}`] : []),
    ...(kept.length > 0 ? [`Unchanged, because the cell ended before: ${kept.join(", ")}`] : []),
  ];
}

function describe(thrown: unknown): ErrorContent {
  if (attempt(() => isBreak(thrown), false)) return interrupted();
  if (!attempt(() => isErrorLike(thrown), false)) {
    const text = attempt(() => inspectValue(thrown), "a value that throws when it is looked at");
    return { ename: "Thrown", evalue: text, traceback: [`Thrown: ${text}`] };
  }
  const error = thrown as Error;
  const ename = attempt(() => String(error.name || "Error"), "Error");
  const evalue = attempt(() => readableNames(String(error.message)), "its message throws when it is read");
  return { ename, evalue, traceback: attempt(() => traceback(error), [`${ename}: ${evalue}`]) };
}

// A thrown value may be a proxy, or have a getter or a custom inspection that throws as well.
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

function positionText(cell: string, { fileName, start }: Diagnostic): string {
  return `${fileName ?? cell}:${start.line + 1}:${start.character + 1}`;
}

function mark(source: string, { start, end }: Diagnostic): string[] {
  const line = linesOf(source)[start.line] ?? "";
  return quoteLine(line, start.line + 1, start.character, end.line === start.line ? end.character : line.length);
}

function isBreak(thrown: unknown): boolean {
  return (
    thrown instanceof KeyboardInterrupt ||
    (thrown as { code?: string } | null)?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED"
  );
}

function interrupted(): ErrorContent {
  const { name, message } = new KeyboardInterrupt();
  return { ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}

// Errors of another realm (vm, worker) are not instances of this realm's Error.
function isErrorLike(value: unknown): value is Error {
  return (
    value instanceof Error ||
    (typeof value === "object" && value !== null && typeof (value as Error).stack === "string")
  );
}

// inspect() writes the stack, own properties, causes and the members of an AggregateError.
function traceback(error: Error): string[] {
  const lines = inspectValue(error).split("\n");
  const first = lines.findIndex((line) => /^\s+at .*In\[[\d*]+\]:\d+:\d+/.test(line));
  return first < 0
    ? lines
    : [...lines.slice(0, first + 1), ...quoteFirstFrame(lines[first]), ...lines.slice(first + 1)];
}
