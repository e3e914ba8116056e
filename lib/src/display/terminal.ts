import { clearLine, cursorTo } from "node:readline";

/** Replaces the terminal's last line; a file or a pipe gets no intermediate states. */
export function rewriteTerminal(line: string): void {
  if (!process.stderr.isTTY) return;
  cursorTo(process.stderr, 0);
  process.stderr.write(line.slice(0, process.stderr.columns - 1));
  clearLine(process.stderr, 1);
}

/** Puts the line that stays in place of the moving one. */
export function clearTerminal(lastLine: string): void {
  rewriteTerminal("");
  process.stderr.write(`${lastLine}\n`);
}
