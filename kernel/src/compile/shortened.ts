import type ts from "typescript";

/**
 * Removes comments and indentation from source text, to save memory. The contents of the startup snapshot are in memory
 * three times: as Node read them, on the heap of the main thread, and on the heap of the control thread.
 */

const SEPARATES = /[(){}[\];,:=]/; // blanks next to one of these can be left out
const OPENS = /[{([;,]/; // after one of these at the end of a line, the line break can be left out

interface Span {
  start: number;
  end: number;
}

/**
 * The text of a parsed file in fewer characters, with the same syntax tree. `/// <reference ... />` at its start stays.
 */
export function shortened(compiler: typeof ts, file: ts.SourceFile): string {
  const { text } = file;
  const whole = literals(compiler, file);
  const scanner = compiler.createScanner(file.languageVersion, false, compiler.LanguageVariant.Standard, text);
  const parts = references(text);
  let last = "";
  let gap = "";
  const add = (token: string) => {
    const isNeeded =
      gap === "\n" ? last !== "" && !OPENS.test(last) : gap && !SEPARATES.test(last) && !SEPARATES.test(token[0]);
    parts.push(isNeeded ? gap + token : token);
    last = token.at(-1)!;
    gap = "";
  };
  for (let next = 0; scanner.getTokenEnd() < text.length;) {
    if (whole[next]?.start === scanner.getTokenEnd()) {
      const { start, end } = whole[next++]!;
      add(text.slice(start, end));
      scanner.resetTokenState(end);
      continue;
    }
    const isTrivia = scanner.scan() <= compiler.SyntaxKind.LastTriviaToken;
    const token = scanner.getTokenText();
    if (!isTrivia) add(token);
    else if (gap !== "\n") gap = token.includes("\n") ? "\n" : " ";
  }
  return parts.join("");
}

// The positions of regular expressions and of the parts of templates, which a scanner alone cannot recognize.
function literals(compiler: typeof ts, file: ts.SourceFile): Span[] {
  const { SyntaxKind } = compiler;
  const found: Span[] = [];
  const visit = (node: ts.Node): void => {
    const { kind } = node;
    const isTemplate = kind >= SyntaxKind.FirstTemplateToken && kind <= SyntaxKind.LastTemplateToken;
    if (isTemplate || kind === SyntaxKind.RegularExpressionLiteral)
      found.push({ start: node.getStart(file, false), end: node.end });
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function references(text: string): string[] {
  const [head] = /^(?:\s+|\/\/.*|\/\*[^]*?\*\/)*/.exec(text)!;
  return head
    .split("\n")
    .filter((line) => /^\/\/\/\s*</.test(line))
    .map((line) => `${line.trim()}\n`);
}
