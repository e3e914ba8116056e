import { complete, inspect, type CellCompiler, type Documentation } from "./compile";

/**
 * Answers to a front end that asks for completions (Tab) and documentation (Shift+Tab). Jupyter counts code points, JavaScript
 * counts half of some of them. It relies on nothing of tslab.
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

/** The offset into `text` after so many code points. */
export function offsetOf(text: string, points: number): number {
  return [...text].slice(0, points).join("").length;
}

/** The number of code points in `text` before the offset. */
export function codePoints(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}

function plainText({ signature, text, tags }: Documentation): string {
  const sections = tags.map(({ name, text: told }) => `${headingOf(name)}: ${told}`);
  return [signature, text, ...sections].filter(Boolean).join("\n\n");
}

function markdown(documentation: Documentation): string {
  const { signature, text, tags } = documentation;
  const parameters = tags.filter(({ name }) => name === "param").map(({ text: told }) => `- ${told.replace(/^(\S+)\s*/, "`$1` ")}`);
  const others = tags.filter(({ name }) => name !== "param").map(({ name, text: told }) => `**${headingOf(name)}**\n\n${name === "example" ? fenced(told) : told}`);
  return [fenced(signature), text, parameters.length > 0 ? `**Parameters**\n\n${parameters.join("\n")}` : "", ...others].filter(Boolean).join("\n\n");
}

function headingOf(tag: string): string {
  const names: Record<string, string> = { param: "Parameter", returns: "Returns", throws: "Throws", example: "Example" };
  return names[tag] ?? tag;
}

function fenced(code: string): string {
  return `\`\`\`ts\n${code.replace(/^```\w*\n|\n```$/g, "")}\n\`\`\``;
}
