import { installStackTraces, stackText, type Frame } from "../../kernel/src/cells";

/**
 * Makes the stacks of errors name the cell and the source line. V8 offers a function for this. In Firefox, `stack` is a
 * getter of Error.prototype, whose text has a line for each call, such as `f@In[1]:2:3`; it is replaced by one that
 * writes V8's form, which the kernel reads.
 */
export function installStacks(): void {
  installStackTraces();
  const own = Object.getOwnPropertyDescriptor(Error.prototype, "stack");
  const { get, set } = own ?? {};
  if (!get) return;
  Object.defineProperty(Error.prototype, "stack", {
    configurable: true,
    set,
    get(this: Error) {
      const text: unknown = get.call(this);
      return typeof text === "string" ? stackText(this, framesOf(text)) : text;
    },
  });
}

/** The calls in Firefox's text. A stack that a cell has assigned is another text: it may have no such lines. */
function framesOf(text: string): Frame[] {
  return text.split("\n").flatMap((line) => {
    const [, name, place, at, column] = /^(.*?)@(.*?):(\d+):(\d+)$/.exec(line) ?? [];
    if (place === undefined) return [];
    const file = place.replace(/^.* > (?=In\[)/, "").replace(/ line \d+ > eval$/, "");
    const caller = name.replace(/^async\*/, "async ").replace(/[/<]+$/, "");
    const position = `${file}:${at}:${column}`;
    return [{ text: caller ? `${caller} (${position})` : position, file, line: Number(at), column: Number(column) }];
  });
}
