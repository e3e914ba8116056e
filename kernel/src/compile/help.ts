import type { CellCompiler } from "./cellCompiler";
import { complete } from "./complete";
import { inspect, type Documentation } from "./inspect";

/**
 * Answers requests for completions (Tab) and documentation (Shift+Tab). Jupyter's positions count code points,
 * JavaScript's count UTF-16 code units.
 */

export function completeReply(compiler: CellCompiler, code: string, cursor: number): object {
  const { start, end, matches } = complete(compiler, code, offsetOf(code, cursor));
  const [cursor_start, cursor_end] = [codePoints(code, start), codePoints(code, end)];
  const types = matches.map(({ text, kind }) => ({ start: cursor_start, end: cursor_end, text, type: kind }));
  return {
    status: "ok",
    matches: matches.map(({ text }) => text),
    cursor_start,
    cursor_end,
    metadata: { _jupyter_types_experimental: types },
  };
}

export function inspectReply(compiler: CellCompiler, code: string, cursor: number): object {
  const found = inspect(compiler, code, offsetOf(code, cursor));
  const data = found ? { "text/plain": plainText(found), "text/markdown": markdown(found) } : {};
  return { status: "ok", found: found !== undefined, data, metadata: {} };
}

/** The offset in `text` after this number of code points. */
export function offsetOf(text: string, points: number): number {
  return [...text].slice(0, points).join("").length;
}

/** The number of code points in `text` before the offset. */
export function codePoints(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}

function plainText({ signature, text, tags }: Documentation): string {
  const sections = tags.map(({ name, text: told }) => `${headingOf(name)}: ${withoutDash(told)}`);
  return [signature, text, ...inOrder(tags, sections)].filter(Boolean).join("\n\n");
}

function markdown({ signature, text, tags }: Documentation): string {
  const names = [...new Set(tags.map(({ name }) => name))];
  const sections = names.map((name) =>
    section(
      name,
      tags.filter((tag) => tag.name === name).map(({ text: told }) => told),
    ),
  );
  return [
    fenced(signature),
    text,
    ...inOrder(
      names.map((name) => ({ name })),
      sections,
    ),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** A heading and the texts under it. */
function section(name: string, texts: readonly string[]): string {
  if (name === "param") return `**Parameters**\n\n${texts.map(parameterItem).join("\n")}`;
  if (name === "example") return `**Example**\n\n${fenced(texts.join("\n"))}`;
  return `**${headingOf(name)}**\n\n${texts.join("\n\n")}`;
}

function parameterItem(text: string): string {
  return `- ${withoutDash(text).replace(/^(\S+)\s*/, "`$1`: ")}`;
}

const ORDER = ["param", "returns", "throws", "remarks", "example"];

/** Sorts `sections`, where each belongs to the tag with the same index: parameters first, example last. */
function inOrder(tags: readonly { name: string }[], sections: readonly string[]): string[] {
  const rank = ({ name }: { name: string }) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return sections
    .map((text, at) => ({ text, rank: rank(tags[at]) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ text }) => text);
}

const HEADINGS: Readonly<Record<string, string>> = { param: "Parameter", see: "See also" };

function headingOf(tag: string): string {
  return HEADINGS[tag] ?? tag.charAt(0).toUpperCase() + tag.slice(1);
}

// In `@param x - what it is`, the dash is not part of the text.
function withoutDash(text: string): string {
  return text.replace(/^(\S+)\s+-\s+/, "$1 ");
}

function fenced(code: string): string {
  return `\`\`\`ts\n${code.replace(/^```\w*\n|\n```$/g, "")}\n\`\`\``;
}
