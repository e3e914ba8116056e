import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../../tools/files";
import { root } from "../../tools/root";

/**
 * Writes `made` into a page, between the lines `<!-- name: begin -->` and `<!-- name: end -->`. With `check` it changes
 * nothing; if the page contains something else, it prints the command that updates the page and sets the exit code to
 * 1.
 *
 * @param page - its path from the root of the checkout
 * @throws Error when the page lacks one of the lines
 */
export function replacePart(name: string, page: string, made: string, check = false): void {
  const path = join(root, page);
  const text = readFileSync(path, "utf8");
  const [begin, end] = [`<!-- ${name}: begin -->\n`, `<!-- ${name}: end -->`];
  if (!text.includes(begin) || !text.includes(end)) throw new Error(`${page}: wanted ${begin.trim()} and ${end} in it`);
  const whole = text.slice(0, text.indexOf(begin) + begin.length) + made + text.slice(text.indexOf(end));
  if (whole === text) return;
  if (check) {
    console.error(`${page} is out of date: run npm run make -- ${name}`);
    process.exitCode = 1;
    return;
  }
  replaceFile(path, whole);
}
