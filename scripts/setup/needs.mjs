import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./environment.mjs";
import { steps } from "./steps.mjs";

/**
 * The library's tests run from its sources and compare with the NumPy of .venv: they need only the build of the
 * routines.
 */
const FROM_SOURCE = ["npm", "python", "routines"];

/** Lint and the type check read sources only. */
const WITHOUT_TESTS = ["npm"];

/** The tests that read the files of the builds, or start a kernel. */
const NEEDS_ALL = /^(kernel|notebooks|browser|house)[\\/]|types\.test\.ts$/;

/** The names of the set-up's steps that a command needs: all steps, except for some of the tests. */
export function needsOf(command, words) {
  const all = steps.map(({ name }) => name);
  if (!["test", "watch"].includes(command) || words.length === 0 || words.some((word) => word.startsWith("-")))
    return all;
  const parts = words.filter((word) => word !== "lint" && word !== "types");
  if (parts.length === 0) return WITHOUT_TESTS;
  const tests = readdirSync(join(root, "test"), { recursive: true }).filter((name) => name.endsWith(".test.ts"));
  const chosen = tests.filter((name) => parts.some((part) => join("test", name).includes(part)));
  return chosen.some((name) => NEEDS_ALL.test(name)) ? all : FROM_SOURCE;
}
