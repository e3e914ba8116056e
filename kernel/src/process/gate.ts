import path from "node:path";
import { ANSWER, INSISTS, KERNEL_CODE, NO_CODE, ORDERED, USER_CODE } from "./sharedWords";

/**
 * Terminating takes all of the stack away, without `catch` or `finally`: it must only hit code of cells, never the
 * kernel's own, which would not go on. The control worker cannot see what the main thread does; so it makes the main
 * thread call this function, in the middle of whatever it is doing, and the function looks at the stack. When cell code
 * runs, it holds the thread until the worker has given the order, which takes effect as soon as it returns. It relies
 * on nothing of tslab.
 */

const NAME = "dlfs.kernel.gate";
/** What the worker lets the main thread evaluate. */
export const GATE = `globalThis[Symbol.for("${NAME}")]()`;

const LONGEST_HOLD = 1000; // milliseconds
const FRAMES = 200;

export function installGate(words: Int32Array): void {
  const gate = () => {
    const found = whatRuns(framesBelow(gate));
    const answer = found === NO_CODE && Atomics.load(words, INSISTS) ? USER_CODE : found;
    Atomics.store(words, ANSWER, answer);
    const until = Date.now() + LONGEST_HOLD;
    // Not by Atomics.wait: the code below may be in one already.
    while (answer === USER_CODE && !Atomics.load(words, ORDERED) && Date.now() < until);
  };
  Object.defineProperty(globalThis, Symbol.for(NAME), { value: gate });
}

const KERNEL_FOLDER = path.dirname(__dirname) + path.sep;
const USERLAND = path.join(KERNEL_FOLDER, "cells", "userland.");
const EXECUTOR_FOLDER = ["", "tslab", "dist", ""].join(path.sep);
/** Code that runs for the kernel and for cells alike: who has called it counts. */
const NEUTRAL = new RegExp(["^node:", "^$", String.raw`[\\/]node_modules[\\/](zeromq|typescript)[\\/]`].join("|"));
/** Node's function that loads one of its own modules; such a module that stops half-way stays half for good. */
const LOADS_BUILTIN = "compileForInternalLoader";

/** The innermost code that belongs to one of the two decides. */
function whatRuns(sites: NodeJS.CallSite[]): number {
  for (const site of sites) {
    const file = site.getFileName() ?? "";
    if (site.getFunctionName() === LOADS_BUILTIN) return KERNEL_CODE;
    if (file.startsWith(USERLAND)) return USER_CODE;
    if (file.startsWith(KERNEL_FOLDER) || file.includes(EXECUTOR_FOLDER)) return KERNEL_CODE;
    if (!NEUTRAL.test(file)) return USER_CODE;
  }
  return sites.length < FRAMES ? NO_CODE : USER_CODE;
}

function framesBelow(gate: () => void): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = FRAMES;
    Error.prepareStackTrace = (_, sites) => sites;
    const holder: { stack?: NodeJS.CallSite[] } = {};
    Error.captureStackTrace(holder, gate);
    return (holder.stack ?? []).slice(1); // the first is the expression that called the gate
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}
