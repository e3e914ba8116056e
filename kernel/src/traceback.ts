import { SourceMap } from "node:module";
import path from "node:path";

/**
 * Stack traces in terms of the cells' TypeScript, without the frames of the machinery. It relies on tslab putting one
 * line (`export {};`) before a cell's source, and on its two compilations (TypeScript to ES module, that to CommonJS)
 * each leaving an inline source map (compiler.ts asks for them).
 */

const PREFIX_LINES = 1;
const MAP_COMMENT = /^\/\/# sourceMappingURL=data:application\/json;base64,(.*)$/gm;

interface CellSource {
  lines: string[];
  emittedLines: number;
  encodedMaps: string[];
  maps?: SourceMap[];
}

const cells = new Map<string, CellSource>();

/** Remembers a cell under the file name that its frames carry; returns its code without the map comments. */
export function registerCell(name: string, source: string, output: string): string {
  const encodedMaps = [...output.matchAll(MAP_COMMENT)].map(([, map]) => map);
  const emitted = output.replace(MAP_COMMENT, "");
  cells.set(name, { lines: source.split("\n"), emittedLines: emitted.split("\n").length, encodedMaps });
  return emitted;
}

/** Makes every `stack` of this process speak of cell and source line. */
export function installStackTraces(): void {
  Error.prepareStackTrace = (error, sites) => {
    const frames = sites.filter((site) => !isMachinery(site)).map((site) => `\n    at ${frame(site)}`);
    return headline(error) + frames.join("");
  };
}

/** The names of the cells in an error's stack. */
export function cellsOf(error: unknown): string[] {
  const stack: unknown = (error as Error | undefined)?.stack;
  return typeof stack === "string" ? (stack.match(/In\[[\d*]+\](?=:\d+:\d+)/g) ?? []) : [];
}

/** The quoted source line of the first frame that lies in a cell, with a marker under the place. */
export function quoteFirstFrame(stackLine: string): string[] {
  const [, name, line, column] = /(In\[[\d*]+\]):(\d+):(\d+)/.exec(stackLine) ?? [];
  const text = cells.get(name)?.lines[Number(line) - 1];
  if (text === undefined) return [];
  const start = Number(column) - 1;
  const length = /^[\w$]+/.exec(text.slice(start))?.[0].length ?? 1;
  return quoteLine(text, Number(line), start, start + length);
}

/** A source line with its number, and a marker from column `start` to `end` (zero-based, end excluded). */
export function quoteLine(text: string, line: number, start: number, end: number): string[] {
  const number = `    ${line} | `;
  const indent = text.slice(0, start).replace(/[^\t]/g, " ");
  return [number + text, " ".repeat(number.length - 2) + "| " + indent + "~".repeat(Math.max(1, end - start))];
}

const OWN_FOLDER = __dirname + path.sep;
const TSLAB_FOLDER = ["", "tslab", "dist", ""].join(path.sep);

function isMachinery(site: NodeJS.CallSite): boolean {
  const file = site.getFileName() ?? "";
  const cell = cells.get(file);
  // The line after the cell's own is the call of the function that tslab wraps around it.
  if (cell) return (site.getLineNumber() ?? 0) > cell.emittedLines;
  return file.startsWith(OWN_FOLDER) || file.includes(TSLAB_FOLDER) || /^node:(internal|vm)/.test(file);
}

function headline(error: Error): string {
  try {
    return String(error);
  } catch {
    return "Error"; // name or message is a getter that throws
  }
}

function frame(site: NodeJS.CallSite): string {
  const text = String(site);
  const name = site.getFileName() ?? "";
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  const cell = cells.get(name);
  if (!cell || line === null || column === null) return text;
  const place = originalPlace(cell, line - 1, column - 1);
  return place ? text.replace(`${name}:${line}:${column}`, `${name}:${place.line}:${place.column}`) : text;
}

function originalPlace(cell: CellSource, line: number, column: number): { line: number; column: number } | undefined {
  // The last compilation's map comes first in the comments, and first on the way back.
  cell.maps ??= cell.encodedMaps.map((map) => new SourceMap(JSON.parse(Buffer.from(map, "base64").toString())));
  let place = { line, column };
  for (const map of cell.maps) {
    const entry = map.findEntry(place.line, place.column);
    if (!("originalLine" in entry)) return undefined;
    place = { line: entry.originalLine, column: entry.originalColumn };
  }
  return { line: place.line - PREFIX_LINES + 1, column: place.column + 1 };
}
