/**
 * One check for each kind of argument that several folders take. Each throws, in the name of the function that the user
 * called, a message of the form `caller: what it got: wanted what`.
 */

/** A value as a message names it. */
export function shortly(value: unknown): string {
  const text = textOf(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    // without a prototype, or with a toString of its own that throws
    return Object.prototype.toString.call(value);
  }
}

function got(caller: string, name: string, value: unknown): string {
  return `${caller}: ${name} = ${shortly(value)}`;
}

/** @throws RangeError unless the value is a whole number from `least` to `most` */
export function checkWhole(caller: string, name: string, value: unknown, least: number, most = Infinity): void {
  if (Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most) return;
  const range = most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`${got(caller, name, value)}: wanted a whole number ${range}`);
}

/** @throws RangeError unless the value is a finite number */
export function checkFinite(caller: string, name: string, value: unknown): void {
  if (!Number.isFinite(value)) throw new RangeError(`${got(caller, name, value)}: wanted a finite number`);
}

/** @throws RangeError unless the value is a finite number above 0 */
export function checkPositive(caller: string, name: string, value: unknown): void {
  if (Number.isFinite(value) && Number(value) > 0) return;
  throw new RangeError(`${got(caller, name, value)}: wanted a finite number above 0`);
}

/** @throws TypeError unless the value can be called */
export function checkFunction(caller: string, name: string, value: unknown): void {
  if (typeof value !== "function") throw new TypeError(`${got(caller, name, value)}: wanted a function`);
}

/** @throws TypeError unless the value is an object whose properties have these names */
export function checkOptions(caller: string, options: unknown, names: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`${got(caller, "options", options)}: wanted an object`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`${caller}: no option ${unknown}: wanted one of ${names.join(", ")}`);
}
