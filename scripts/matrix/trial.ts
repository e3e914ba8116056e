import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { compareOutputs } from "../../tools/expected";
import { readNotebook } from "../../tools/notebook";
import { root, venvPython } from "../../tools/root";
import { copyCheckout } from "./copy";
import { step, stoppedBy, TOO_LONG } from "./step";

/** One version to try, in a folder of its own. */
export interface Trial {
  /** As `Node 24.21.0`. */
  readonly name: string;
  /** The folder for the copy of the checkout. */
  readonly folder: string;
  /** Node's program. */
  readonly node: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: string;
  /** Which notebooks run, by their file names. */
  readonly notebooks: string[];
  readonly kernelTests: boolean;
}

/** The result of each step, as text for the table at the end. */
export interface Outcome {
  readonly name: string;
  readonly setUp: string;
  readonly start: string;
  readonly outputs: string;
  readonly tests: string;
  readonly seconds: number;
  readonly good: boolean;
}

const OK = "ok";
const NOT_RUN = "-";

/** Set-up, notebooks and kernel tests in a copy of the checkout; `reference` holds the notebooks to compare with. */
export async function carryOut(trial: Trial, reference: string): Promise<Outcome> {
  const { name, folder, node, env, log, notebooks, kernelTests } = trial;
  const started = performance.now();
  const command = (...args: string[]): Promise<number> => {
    if (stoppedBy() === undefined) console.log(`${name}: ${args.join(" ")} ...`);
    return step(node, [join(folder, "scripts", "setup.mjs"), ...args], folder, env, log);
  };
  copyCheckout(folder);
  const setUp = said(await command("build"));
  if (setUp !== OK) return conclude(name, { setUp, start: NOT_RUN, outputs: NOT_RUN, tests: NOT_RUN }, started);
  const start = said(await command("start", ...notebooks));
  const outputs = compared(notebooks, join(folder, "out"), reference);
  const tests = kernelTests ? testsSaid(await command("test", "kernel"), log) : NOT_RUN;
  return conclude(name, { setUp, start, outputs, tests }, started);
}

function conclude(name: string, cells: Omit<Outcome, "name" | "seconds" | "good">, started: number): Outcome {
  const { setUp, start, outputs, tests } = cells;
  const good = setUp === OK && start === OK && outputs === "equal" && (tests === NOT_RUN || tests.startsWith(OK));
  return { name, ...cells, seconds: (performance.now() - started) / 1000, good };
}

function said(code: number): string {
  if (code === TOO_LONG) return "TOOK TOO LONG";
  return code === 0 ? OK : `FAILED (${code})`;
}

/** The totals of the test runner, which are at the end of the log. */
function testsSaid(code: number, log: string): string {
  const printed = readFileSync(log, "utf8");
  const [pass, fail] = ["pass", "fail"].map(
    (word) => [...printed.matchAll(new RegExp(`^\\S+ ${word} (\\d+)$`, "gm"))].at(-1)?.[1],
  );
  if (pass === undefined || fail === undefined || code === TOO_LONG) return said(code === 0 ? 1 : code);
  return code === 0 ? `ok, ${pass} passed` : `FAILED, ${fail} of ${Number(pass) + Number(fail)}`;
}

/** Compares the notebooks byte by byte; the text names the cell of the first difference. */
function compared(notebooks: string[], folder: string, reference: string): string {
  for (const name of notebooks) {
    const [ours, theirs] = [join(reference, name), join(folder, name)];
    if (!existsSync(theirs)) return `MISSING ${name}`;
    if (readFileSync(ours).equals(readFileSync(theirs))) continue;
    console.error(compareOutputs(name, readNotebook(ours), readNotebook(theirs))[0] ?? `${name}: the metadata differ`);
    return `DIFFER in ${name}`;
  }
  return "equal";
}

/** The environment of a fresh clone: without this checkout's .venv, and with `bin` first on PATH. */
export function freshEnvironment(bin?: string): NodeJS.ProcessEnv {
  const { DLFS_DATA, ...env } = process.env;
  // variables that this checkout's set-up sets for its commands; and CI, because the long tests of CI need not run
  // again
  const own = /^(JUPYTER\w*|VIRTUAL_ENV|IPYTHONDIR|MPLCONFIGDIR|TS_NODE_\w+|CI)$/;
  for (const name of Object.keys(env).filter((key) => own.test(key))) delete env[name];
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== dirname(venvPython));
  return {
    ...env,
    PATH: [...(bin === undefined ? [] : [bin]), ...path].join(delimiter),
    // relative to the checkout, as everywhere
    ...(DLFS_DATA && { DLFS_DATA: resolve(root, DLFS_DATA) }),
  };
}
