/**
 * One check for each kind of argument that functions of several folders take. The message of the error has the form
 * `caller: what it got: wanted what`, where `caller` is the function that the user called.
 */

/** A shape as text for error messages, in NumPy's form: `(100,784)`, `(3,)`, `()`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(",")})`;
}

const LONGEST = 40;

/** A value as text for a message, in at most 40 characters. */
export function shortly(value: unknown): string {
  let text: string;
  try {
    text = textOf(value, 0);
  } catch {
    // the value has a getter or a toString that throws, or is a proxy that throws
    text = "an object";
  }
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

function textOf(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, LONGEST));
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return functionText(value);
  if (Array.isArray(value)) return depth === 3 ? "[...]" : `[${partsOf(value, (item) => textOf(item, depth + 1))}]`;
  return typeof value === "object" && value !== null ? objectText(value) : String(value);
}

function functionText(value: object): string {
  const { name } = value as { name?: unknown };
  const known = typeof name === "string" && name !== "" ? name : "without a name";
  return `${isClass(value) ? "class" : "function"} ${known}`;
}

/** Whether a value is a class, which cannot be called. Built-in constructors have a read-only `prototype` too. */
function isClass(value: object): boolean {
  return (
    Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false &&
    /^class\b/.test(Function.prototype.toString.call(value))
  );
}

function objectText(value: object): string {
  const { dtype, shape } = value as { dtype?: unknown; shape?: unknown };
  if (typeof dtype === "string" && Array.isArray(shape))
    return `${dtype} array of shape ${shapeText(shape as number[])}`;
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null;
  if (prototype === null || prototype === Object.prototype) {
    const names = Object.keys(value);
    return names.length === 0 ? "{}" : `{ ${partsOf(names, String)} }`;
  }
  const name = prototype.constructor?.name || "object";
  const article = /^[aeiou]/i.test(name) ? "an" : "a";
  return ArrayBuffer.isView(value) && "length" in value
    ? `${article} ${name} of ${(value as Uint8Array).length} numbers`
    : `${article} ${name}`;
}

/** The first items of a list as text: more would not fit into a message. */
function partsOf<T>(list: readonly T[], write: (item: T) => string): string {
  return list
    .slice(0, LONGEST / 2)
    .map(write)
    .join(", ");
}

/** The beginning of a message about an argument: `caller: name = value`. */
export function got(caller: string, name: string, value: unknown): string {
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

/** @throws TypeError unless the value is a number; NaN and Infinity are allowed */
export function checkNumber(caller: string, name: string, value: unknown): void {
  if (typeof value !== "number") throw new TypeError(`${got(caller, name, value)}: wanted a number`);
}

/** @throws RangeError unless the value is a finite number above 0 */
export function checkPositive(caller: string, name: string, value: unknown): void {
  if (Number.isFinite(value) && Number(value) > 0) return;
  throw new RangeError(`${got(caller, name, value)}: wanted a finite number above 0`);
}

/** @throws TypeError unless the value is true or false, or undefined because the option is left out */
export function checkSwitch(caller: string, name: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw new TypeError(`${got(caller, name, value)}: wanted true or false`);
}

/** @throws TypeError unless the value is a text, or undefined because the option is left out */
export function checkText(caller: string, name: string, value: unknown): void {
  if (value === undefined || typeof value === "string") return;
  throw new TypeError(`${got(caller, name, value)}: wanted a text`);
}

/** @throws TypeError unless the options with these names are texts, or left out */
export function checkTexts<T extends object>(caller: string, options: T, names: readonly (keyof T & string)[]): void {
  for (const name of names) checkText(caller, name, options[name]);
}

/** @throws TypeError unless the value can be called */
export function checkFunction(caller: string, name: string, value: unknown): void {
  if (typeof value === "function" && !isClass(value)) return;
  throw new TypeError(`${got(caller, name, value)}: wanted a function`);
}

/** @throws TypeError unless the options are an object that has no properties but these */
export function checkOptions(caller: string, options: unknown, names: readonly string[], name = "options"): void {
  const isObject = typeof options === "object" && options !== null && !Array.isArray(options);
  if (!isObject || ("dtype" in options && "strides" in options)) {
    throw new TypeError(`${got(caller, name, options)}: wanted an object with ${oneOf(names, "any")}`);
  }
  // for-in is the fastest loop, which matters because functions of small arrays call this check
  for (const key in options) {
    if (!names.includes(key)) throw new TypeError(`${caller}: option ${key}: wanted ${oneOf(names, "one")}`);
  }
}

function oneOf(names: readonly string[], how: "one" | "any"): string {
  return names.length === 1 ? names[0] : `${how} of ${names.join(", ")}`;
}
