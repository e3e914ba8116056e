import type { StreamName } from "./messages";
import { formatValues, showsItself } from "./userland";

/**
 * console.log and its like, straight to the output: Node's own adds and removes a listener and queues a callback for
 * every line, so that a cell which prints without end would grow without end. It relies on nothing of tslab.
 */

const INDENT = "  ";

/** What the console writes to. */
export interface ConsoleOutput {
  write(name: StreamName, text: string): void;
  /** Empties what the cell has shown. */
  clear(): void;
}

/** Gives the console methods that write whole lines to `output`. The rest of Node's console goes through them. */
export function installConsole(console: Console, output: ConsoleOutput): void {
  const { dir, group, groupEnd, table } = console;
  let indent = "";
  const printer =
    (name: StreamName) =>
    (...values: unknown[]) => {
      const text = values.length === 1 && typeof values[0] === "string" ? values[0] : formatValues(values);
      output.write(name, `${indent ? indent + text.replaceAll("\n", `\n${indent}`) : text}\n`);
    };
  const log = printer("stdout");
  const error = printer("stderr");
  const openGroup = (...label: unknown[]) => {
    if (label.length > 0) log(...label);
    indent += INDENT;
    group(); // console.dir looks at Node's own indentation
  };
  const closeGroup = () => {
    indent = indent.slice(INDENT.length);
    groupEnd();
  };
  Object.assign(console, { log, info: log, debug: log, error, warn: error });
  // Node's own asks Error.prepareStackTrace with something that is no Error.
  const trace = (...values: unknown[]) => {
    const here = Object.assign(new Error(formatValues(values)), { name: "Trace" });
    Error.captureStackTrace(here, trace);
    error(here.stack);
  };
  Object.assign(console, { trace, clear: () => output.clear() });
  // Node's own would show the insides of what says by itself how it is shown.
  Object.assign(console, {
    dir: (value: unknown, ...rest: []) => (showsItself(value) ? log(value) : dir.call(console, value, ...rest)),
    table: (value: unknown, ...rest: []) => (showsItself(value) ? log(value) : table.call(console, value, ...rest)),
  });
  Object.assign(console, { group: openGroup, groupCollapsed: openGroup, groupEnd: closeGroup });
}
