import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { venvPython } from "../tools/root";

/** An array as NumPy gave it back; integers and truths are numbers, which float64 holds exactly. */
export interface NumpyArray {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export type NumpyValue = NumpyArray | number | boolean | string | null | readonly NumpyValue[];

/** A NumPy at work in a process of its own, which keeps its variables from one request to the next. */
export interface Numpy {
  /**
   * Runs Python code with these variables set; gives the value of its last expression, or rejects with Python's error.
   */
  (code: string, inputs?: Record<string, unknown>): Promise<NumpyValue>;
  close(): Promise<void>;
}

/** Starts the Python of .venv; `close` it when done, in `test.after`. */
export function openNumpy(): Numpy {
  if (!existsSync(venvPython)) throw new Error("numpy: no Python in .venv; npm test sets it up");
  const env = { ...process.env, OPENBLAS_NUM_THREADS: "1", PYTHONIOENCODING: "utf-8" };
  const child = spawn(venvPython, ["-I", join(__dirname, "numpyServer.py")], {
    stdio: ["pipe", "pipe", "inherit"],
    env,
  });
  const waiting: { resolve: (value: NumpyValue) => void; reject: (reason: Error) => void }[] = [];
  let open = true;
  const ended = new Promise<void>((done) =>
    child.on("close", () => {
      open = false;
      for (const request of waiting.splice(0)) request.reject(new Error("numpy: Python ended before it answered"));
      done();
    }),
  );
  // a Python that has ended is told by the requests that it leaves unanswered
  child.stdin.on("error", () => undefined);
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { value, error } = JSON.parse(line) as { value: unknown; error?: string };
    const request = waiting.shift();
    if (error === undefined) request?.resolve(decode(value));
    else request?.reject(new Error(error));
  });
  const ask = (code: string, inputs: Record<string, unknown> = {}) =>
    new Promise<NumpyValue>((resolveValue, reject) => {
      if (!open) return reject(new Error("numpy: Python has ended"));
      waiting.push({ resolve: resolveValue, reject });
      const encoded = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, encode(value)]));
      child.stdin.write(`${JSON.stringify({ code, inputs: encoded })}\n`);
    });
  const close = async () => {
    child.stdin.end();
    await ended;
  };
  return Object.assign(ask, { close });
}

interface Strided {
  readonly dtype: string;
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** A number that Python receives as a float even when it is whole. */
export class Float {
  constructor(readonly value: number) {}
}

function encode(value: unknown): unknown {
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : encode(new Float(value));
  if (value instanceof Float) {
    const text = Object.is(value.value, -0) ? "-0.0" : String(value.value);
    return { float: text.replace("Infinity", "inf") };
  }
  if (Array.isArray(value)) {
    const items = value.map(encode);
    return value.constructor.name === "Tuple" ? { tuple: items } : items;
  }
  if (typeof value !== "object" || value === null) return value;
  if (!("dtype" in value)) return { dict: Object.entries(value).map(([key, item]) => [key, encode(item)]) };
  // views go as views, for NumPy's order of summation follows memory
  const { dtype, data, shape, strides, offset } = value as Strided;
  if (shape.includes(0)) return { dtype, shape, strides: shape.map(() => 0), offset: 0, bytes: "" };
  const bytes = Buffer.from(Float64Array.from(data).buffer).toString("base64");
  return { dtype, shape, strides: shape.map((_, axis) => strides[axis]), offset, bytes };
}

function decode(value: unknown): NumpyValue {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value as NumpyValue;
  if ("float" in value) return Number(String(value.float).replace("inf", "Infinity"));
  const { dtype, shape, bytes } = value as { dtype: string; shape: number[]; bytes: string };
  const buffer = Buffer.from(bytes, "base64");
  return {
    dtype,
    shape,
    data: new Float64Array(buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length)),
  };
}
