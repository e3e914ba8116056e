import path from "node:path";
import { ANSWER, INSISTS, KERNEL_CODE, NO_CODE, ORDERED, USER_CODE } from "./sharedWords";

/**
 * Termination removes the whole stack without running `catch` or `finally`. So it must hit only code of cells, never
 * the kernel's own code, which could not continue. The control thread cannot see what the main thread is doing.
 * Therefore it makes the main thread call this function in the middle of its work, and the function looks at the stack.
 * If cell code is running, the function blocks until the control thread has ordered the termination, which takes effect
 * when the function returns.
 */

const NAME = "dlfs.kernel.gate";
/** The expression that the control thread makes the main thread evaluate. */
export const GATE = `globalThis[Symbol.for("${NAME}")]()`;

const LONGEST_HOLD = 1000; // milliseconds
const FRAMES = 200;

export function installGate(words: Int32Array): void {
  const gate = () => {
    const found = whatRuns(framesBelow(gate));
    const answer = found === NO_CODE && Atomics.load(words, INSISTS) ? USER_CODE : found;
    Atomics.store(words, ANSWER, answer);
    const until = Date.now() + LONGEST_HOLD;
    // Not Atomics.wait, because the interrupted code may already be inside one.
    while (answer === USER_CODE && !Atomics.load(words, ORDERED) && Date.now() < until);
  };
  Object.defineProperty(globalThis, Symbol.for(NAME), { value: gate });
}

const KERNEL_FOLDER = path.dirname(__dirname) + path.sep;
const USERLAND = path.join(KERNEL_FOLDER, "cells", "userland.");
const EXECUTOR_FOLDER = ["", "tslab", "dist", ""].join(path.sep);
/** Files whose code runs both for the kernel and for cells: their callers decide. */
const NEUTRAL = new RegExp(["^node:", "^$", String.raw`[\\/]node_modules[\\/](zeromq|typescript)[\\/]`].join("|"));
/**
 * Node's function that loads its built-in modules. If it were terminated, the module would stay incomplete for good.
 */
const LOADS_BUILTIN = "compileForInternalLoader";

/** The innermost frame that belongs to the kernel or to a cell decides. */
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
    return (holder.stack ?? []).slice(1); // the first frame is the expression that called the gate
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}
