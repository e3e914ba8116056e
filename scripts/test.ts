import { join } from "node:path";
import { readArguments } from "./arguments";
import { root } from "../tools/root";
import { run, runTests, testFiles } from "./tests";

const help = `
npm test [-- PART ...]

Lint, type check, and the tests: the library, the notebooks, the kernel, the browser.
A PART is a piece of a test file's path, as np or kernel/errors; lint and types are parts too.
`;

const bin = (...path: string[]): string => join(root, "node_modules", ...path);

async function main(): Promise<void> {
  const { positionals: parts } = readArguments(help, {});
  const wanted = (name: string): boolean => parts.length === 0 || parts.includes(name);
  const lint = (): Promise<number> => run(bin("eslint", "bin", "eslint.js"), "--max-warnings=0", ".");
  const types = (): Promise<number> => run(bin("typescript", "bin", "tsc"), "-p", root);
  if (wanted("lint") && !(await passes("lint", lint))) return;
  if (wanted("types") && !(await passes("type check", types))) return;
  const ofFiles = parts.filter((part) => part !== "lint" && part !== "types");
  if (parts.length > 0 && ofFiles.length === 0) return;
  const files = testFiles(ofFiles);
  await passes("tests", () => runTests(files));
}

async function passes(title: string, step: () => Promise<number>): Promise<boolean> {
  console.log(`${title} ...`);
  const code = await step();
  if (code === 0) return true;
  console.error(`${title} failed`);
  process.exitCode = 1;
  return false;
}

void main();
