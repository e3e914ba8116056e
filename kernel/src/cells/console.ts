import type { StreamName } from "./messages";
import { formatValues, showsItself } from "./userland";

/**
 * console.log and similar methods write directly to the output. Node's own methods add and remove a listener and queue
 * a callback for every line, so that the memory of an endlessly printing cell would grow without bound.
 */

const INDENT = "  ";

/** What the console writes to. */
export interface ConsoleOutput {
  write(name: StreamName, text: string): void;
  /** Clears the outputs of the cell. */
  clear(): void;
}

/**
 * Replaces the console methods that write whole lines, so that they write to `output`. Node's other console methods
 * call these.
 */
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
    group(); // console.dir uses Node's own indentation
  };
  const closeGroup = () => {
    indent = indent.slice(INDENT.length);
    groupEnd();
  };
  Object.assign(console, { log, info: log, debug: log, error, warn: error });
  // Node's own console.trace calls Error.prepareStackTrace with an object that is not an Error.
  const trace = (...values: unknown[]) => {
    const here = Object.assign(new Error(formatValues(values)), { name: "Trace" });
    Error.captureStackTrace(here, trace);
    error(here.stack);
  };
  Object.assign(console, { trace, clear: () => output.clear() });
  // Node's own methods would show the fields of objects that define how they are shown.
  Object.assign(console, {
    dir: (value: unknown, ...rest: []) => (showsItself(value) ? log(value) : dir.call(console, value, ...rest)),
    table: (value: unknown, ...rest: []) => (showsItself(value) ? log(value) : table.call(console, value, ...rest)),
  });
  Object.assign(console, { group: openGroup, groupCollapsed: openGroup, groupEnd: closeGroup });
}
