import type ts from "typescript";

/**
 * Takes comments and indentation out of source text. What the startup snapshot holds is in memory three times: as Node
 * has read it, on the heap of the main thread and, as for all text, on that of the control thread.
 */

const SEPARATES = /[(){}[\];,:=]/; // nothing changes its meaning when it touches one of these
const OPENS = /[{([;,]/; // no statement ends at the end of a line that ends with one of these

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

// Regular expressions and the parts of templates: a scanner alone cannot tell where they begin.
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
