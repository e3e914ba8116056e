import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, state } from "../tools/root";
import { makeFolder } from "./folder";
import { readArguments } from "./arguments";
import { run, runTests, testFiles } from "./tests";

/** The share of the library's lines, in percent, that all tests together must run, without full MNIST too. */
const coveredLines = 98;

const help = `
npm test [-- PART ...]

Lint, type check, and the tests: the library, the notebooks, the kernel, the browser.
A PART is a piece of a test file's path, as np or kernel/errors; lint and types are parts too.
All tests together also count which lines of the library and of the kernel they run; of the library at least
98%, which is checked under Node 20.
`;

const bin = (...path: string[]): string => join(root, "node_modules", ...path);

async function main(): Promise<void> {
  const { positionals: parts } = readArguments(help, {});
  const ofFiles = parts.filter((part) => part !== "lint" && part !== "types");
  const files = ofFiles.length > 0 ? testFiles(ofFiles) : [];
  const wanted = (name: string): boolean => parts.length === 0 || parts.includes(name);
  const format = (): Promise<number> =>
    run([bin("prettier", "bin", "prettier.cjs"), "--check", "--log-level=warn", "."]);
  const lint = (): Promise<number> => run([bin("eslint", "bin", "eslint.js"), "--max-warnings=0", "."]);
  const check = (folder: string): Promise<number> => run([bin("typescript", "bin", "tsc"), "--noEmit", "-p", folder]);
  const types = async (): Promise<number> => (await check(root)) || check(join(root, "browser"));
  if (wanted("lint") && !((await passes("format", format)) && (await passes("lint", lint)))) return;
  if (wanted("types") && !(await passes("type check", types))) return;
  if (parts.length === 0) await testAll();
  else if (files.length > 0) await passes("tests", () => runTests(files));
}

/** Runs all tests and reports their coverage; the totals of the runner are printed last. */
async function testAll(): Promise<void> {
  const folder = join(state, "coverage");
  const log = join(state, "tests.log");
  rmSync(folder, { recursive: true, force: true });
  makeFolder(folder);
  await passes("tests", () => runTests(testFiles([]), reporters(log), { NODE_V8_COVERAGE: folder }));
  await run(report(folder, "kernel/src"));
  // Node 26 gives the coverage of some files without their source maps, which makes the figure too low
  const floor = process.version.startsWith("v20.") ? ["--check-coverage", `--lines=${coveredLines}`] : [];
  await passes("coverage", () => run([...report(folder, "lib/src"), ...floor]));
  console.log(
    readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("ℹ "))
      .join("\n"),
  );
}

const reporters = (log: string): string[] =>
  ["stdout", log].flatMap((place) => ["--test-reporter=spec", `--test-reporter-destination=${place}`]);

function report(folder: string, sources: string): string[] {
  console.log(`\ncoverage of ${sources}`);
  const of = ["--temp-directory", folder, "--include", `${sources}/**`, "--exclude", "**/*.d.ts"];
  return [bin("c8", "bin", "c8.js"), "report", "--reporter=text-summary", ...of];
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
