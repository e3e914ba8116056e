import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { refuse } from "./arguments";
import { root } from "../tools/root";

/**
 * The test files whose paths contain one of the parts, such as np or kernel/errors; without parts, all of them. We
 * select them here because the test runner of Node 20 accepts no pattern.
 */
export function testFiles(parts: string[]): string[] {
  const folder = join(root, "test");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.ts"));
  const files = names.map((name) => relative(root, join(folder, name)));
  const chosen = files.filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
  return chosen.length > 0 ? chosen : refuse(`'${parts.join(" ")}'`, "a piece of a test file's path");
}

/** A test file that runs for more milliseconds than this hangs: the longest takes five minutes on a busy machine. */
const PATIENCE = 15 * 60_000;

const loaded = [join(root, "scripts", "coverage.cjs"), "ts-node/register/transpile-only"];

/** Runs test files from their sources, as many at a time as there are cores, and returns the exit code. */
export const runTests = (
  files: string[],
  options = ["--test-reporter=spec"],
  env: NodeJS.ProcessEnv = {},
): Promise<number> =>
  run(
    [
      ...loaded.flatMap((module) => ["--require", module]),
      ...["--test", `--test-concurrency=${availableParallelism()}`, `--test-timeout=${PATIENCE}`, ...options, ...files],
    ],
    env,
  );

/** Runs Node with these arguments in the checkout. When this process ends, Node is ended too. */
export function run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  const stop = (): void => void child.kill("SIGTERM");
  process.once("exit", stop);
  return new Promise((resolve) =>
    child.on("exit", (code) => {
      process.removeListener("exit", stop);
      resolve(code ?? 1);
    }),
  );
}
