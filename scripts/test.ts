import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { readArguments } from "./arguments";
import { root } from "./root";

const help = `
npm test [-- PART ...]

Lint, type check, and the tests: the library, the notebooks, the kernel, the browser.
A PART is a piece of a test file's path, as np or kernel/errors; lint and types are parts too.
`;

const bin = (...path: string[]): string => join(root, "node_modules", ...path);

async function main(): Promise<void> {
  const { positionals: parts } = readArguments(help, {});
  const wanted = (name: string): boolean => parts.length === 0 || parts.includes(name);
  if (wanted("lint") && (await step("lint", bin("eslint", "bin", "eslint.js"), "--max-warnings=0", ".")) !== 0) return;
  if (wanted("types") && (await step("type check", bin("typescript", "bin", "tsc"), "-p", root)) !== 0) return;
  const files = testFiles(join(root, "test")).filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
  if (files.length === 0 && parts.some((part) => part !== "lint" && part !== "types")) {
    console.error(`no test file's path holds ${parts.join(" or ")}`);
    process.exitCode = 1;
  }
  if (files.length > 0) await step("tests", "--require", "ts-node/register/transpile-only", "--test", "--test-reporter=spec", ...files);
}

/** All test files; Node's runner takes no glob, and puts them into its own order. */
function testFiles(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.ts"));
  return all.map((name) => relative(root, join(folder, name)));
}

function step(title: string, ...args: string[]): Promise<number> {
  console.log(`${title} ...`);
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
  const stop = (): void => void child.kill("SIGTERM");
  process.once("exit", stop);
  return new Promise((resolve) => child.on("exit", (code) => {
    process.removeListener("exit", stop);
    if (code !== 0) console.error(`${title} failed`);
    process.exitCode = code === 0 ? process.exitCode : 1;
    resolve(code ?? 1);
  }));
}

void main();
