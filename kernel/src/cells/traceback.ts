import { readableNames } from "../compile";
import { host, type SourceMap, type SourcePosition } from "./host";

/** Makes stack traces point to the TypeScript that was written, without frames of kernel, tslab and Node. */

const MAP_COMMENT = /^\/\/# sourceMappingURL=data:application\/json;base64,(.*)$/m;

interface Source {
  lines: string[];
  emittedLines: number;
  encodedMap: string | undefined;
  map?: SourceMap;
}

/** Cells by the file name in their stack frames, and the user's own modules by path. */
const sources = new Map<string, Source>();

/** Remembers a cell or module by the file name in its stack frames; returns its code without the source map comment. */
export function registerSource(name: string, source: string, output: string): string {
  const [, encodedMap] = MAP_COMMENT.exec(output) ?? [];
  const emitted = output.replace(MAP_COMMENT, "");
  sources.set(name, { lines: linesOf(source), emittedLines: linesOf(emitted).length, encodedMap });
  return emitted;
}

/** The lines of a text, as TypeScript and V8 count them. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/);
}

/** Makes every `stack` in this process name the cell and the source line. It relies on V8. */
export function installStackTraces(): void {
  Error.prepareStackTrace = (error, sites) => stackText(error, sites.map(frameOf));
}

/** A call in a stack trace, as the engine sees it; line and column are counted from one. */
export interface Frame {
  /** As V8 writes it, such as `f (In[1]:2:3)`. */
  text: string;
  file: string;
  line: number | null;
  column: number | null;
}

function frameOf(site: NodeJS.CallSite): Frame {
  // evaluated code has no file, but may have a `sourceURL`
  const file = site.getFileName() ?? site.getScriptNameOrSourceURL() ?? "";
  return { text: String(site), file, line: site.getLineNumber(), column: site.getColumnNumber() };
}

/** The stack of an error as V8 writes it, with the positions in the TypeScript that was written. */
export function stackText(error: Error, frames: readonly Frame[]): string {
  const shown = frames.filter((frame) => !isMachinery(frame)).map((frame) => `\n    at ${placed(frame)}`);
  return readableNames(headline(error)) + shown.join("");
}

/**
 * If V8's parser has refused compiled code, makes the error's stack name the position in the user's text. Node puts the
 * compiled line and its position before such a stack, and V8 gives it no frame.
 */
export function placeSyntaxError(error: unknown): void {
  try {
    const stack = error instanceof SyntaxError ? withPosition(error) : undefined;
    if (stack !== undefined) (error as SyntaxError).stack = stack;
  } catch {
    // a thrown value that throws again when it is looked at, or that cannot be changed
  }
}

function withPosition(error: SyntaxError): string | undefined {
  const stack = String(error.stack);
  const heading = readableNames(headline(error));
  const at = stack.indexOf(heading);
  const [place, , marker = ""] = stack.slice(0, Math.max(0, at)).split("\n");
  const [, name, line] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (!sources.has(name)) return undefined;
  const position = originalPosition(name, Number(line), marker.indexOf("^") + 1);
  const text = position ? `${name}:${position.line}:${position.column}` : name;
  return `${heading}\n    at ${text}${stack.slice(at + heading.length)}`;
}

/** The names of the cells in an error's stack. */
export function cellsOf(error: unknown): string[] {
  const stack = stackOf(error);
  return typeof stack === "string" ? (stack.match(/In\[[\d*]+\](?=:\d+:\d+)/g) ?? []) : [];
}

function stackOf(error: unknown): unknown {
  try {
    return (error as Error | undefined)?.stack;
  } catch {
    return undefined; // a getter that throws
  }
}

/** For a stack line that names a position in a cell: the source line, with a marker under the code at that position. */
export function quoteFirstFrame(stackLine: string): string[] {
  const [, name, line, column] = /(In\[[\d*]+\]):(\d+):(\d+)/.exec(stackLine) ?? [];
  const text = sources.get(name)?.lines[Number(line) - 1];
  if (text === undefined) return [];
  const start = Number(column) - 1;
  const length = /^[\w$]+/.exec(text.slice(start))?.[0].length ?? 1;
  return quoteLine(text, Number(line), start, start + length);
}

/** A source line with its number, and a marker from column `start` to `end` (zero-based, end excluded). */
export function quoteLine(text: string, line: number, start: number, end: number): string[] {
  if (text.length > LONGEST) return quoteLine(...excerpt(text, line, start, end));
  const number = `    ${line} | `;
  const indent = text.slice(0, start).replace(/[^\t]/g, " ");
  return [number + text, " ".repeat(number.length - 2) + "| " + indent + "~".repeat(Math.max(1, end - start))];
}

const LONGEST = 200; // characters of a line that is quoted whole
const AROUND = 80;

// The part of a very long line around the marker.
function excerpt(text: string, line: number, start: number, end: number): Parameters<typeof quoteLine> {
  const from = Math.max(0, start - AROUND);
  const [before, after] = [from > 0 ? "…" : "", start + AROUND < text.length ? "…" : ""];
  const moved = (column: number) => Math.min(column, start + AROUND) - from + before.length;
  return [before + text.slice(from, start + AROUND) + after, line, moved(start), moved(end)];
}

function isMachinery({ file, line }: Frame): boolean {
  const cell = sources.get(file);
  // Lines after the cell's own code belong to the call of the function that tslab wraps around the cell.
  if (cell) return (line ?? 0) > cell.emittedLines;
  return host().isMachinery(file);
}

// As V8 writes it, ignoring the error's own toString. `error` may be any object that was given to
// Error.captureStackTrace.
function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error"; // name or message is a getter that throws
  }
}

function placed({ text, file, line, column }: Frame): string {
  const readable = readableNames(text);
  if (line === null || column === null) return readable;
  const original = originalPosition(file, line, column);
  return original
    ? readable.replace(`${file}:${line}:${column}`, `${original.file}:${original.line}:${original.column}`)
    : readable;
}

// Lines and columns of stack traces are counted from one.
function originalPosition(name: string, line: number, column: number): SourcePosition | undefined {
  const source = sources.get(name);
  const map = source ? mapOf(source) : host().sourceMaps.beside(name);
  const before = source && line === 1 ? (host().codeBefore?.length ?? 0) : 0;
  const found = map?.find(line - 1, column - 1 - before);
  return found && { file: source ? name : found.file, line: found.line + 1, column: found.column + 1 };
}

function mapOf(source: Source): SourceMap | undefined {
  if (source.encodedMap === undefined) return undefined;
  return (source.map ??= host().sourceMaps.decode(source.encodedMap));
}
