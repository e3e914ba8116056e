import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { mnistFolder } from "../tools/mnistFolder";
import { venvPython } from "../tools/root";

/** Who takes part: a process that answers a line of JSON with a line of JSON (contenders/). */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const script = (name: string) => join(__dirname, "contenders", name);
const node = (name: string, file: string, args: string[] = [], env = {}): Contender => ({
  name,
  command: process.execPath,
  args: [script(file), ...args],
  env,
});
const numpy = (name: string, env = {}): Contender => ({
  name,
  command: venvPython,
  args: [script("numpy_server.py")],
  env,
});

const ONE_THREAD = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", VECLIB_MAXIMUM_THREADS: "1" };
export const dlfs = node("dlfs, default threads", "dlfs.mjs");
export const dlfsOneThread = node("dlfs, 1 thread", "dlfs.mjs", [], { DLFS_THREADS: "1" });
export const numpyDefault = numpy("NumPy, default threads");
export const numpyOneThread = numpy("NumPy, 1 thread", ONE_THREAD);

/**
 * A contender of dlfs under the running Node and under other Nodes; `others` are the programs of these. Each contender
 * is named after its Node.
 */
export function onNodes(contender: Contender, others: readonly string[]): Contender[] {
  return [process.execPath, ...others].map((command) => ({
    ...contender,
    name: `Node ${versionOf(command)}`,
    command,
  }));
}

const versions = new Map<string, string>();

/** The version of Node that a program is, as 20.20.2. */
export function versionOf(node: string): string {
  const known = versions.get(node) ?? execFileSync(node, ["--version"], { encoding: "utf8" }).trim().replace(/^v/, "");
  versions.set(node, known);
  return known;
}

export const peers = [
  node("tfjs wasm, float32", "tfjs.mjs", ["wasm"]),
  node("tfjs cpu, float32", "tfjs.mjs", ["cpu"]),
  node("jax-js wasm, float32", "jax.mjs"),
  node("numpy-ts, float64", "numpy-ts.mjs"),
];

/** The folder of full MNIST. @throws Error when it is nowhere */
function neededMnist(): string {
  const folder = mnistFolder();
  if (folder === undefined)
    throw new Error("bench: full MNIST is in neither DLFS_DATA nor data/: wanted, npm run data fetches it");
  return folder;
}

/** A contender at work. */
export class Running {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private readonly reader: Interface;
  private log = "";

  constructor(readonly contender: Contender) {
    const { command, args, env } = contender;
    this.child = spawn(command, args, { env: { ...process.env, DLFS_DATA: neededMnist(), ...env } });
    this.child.stderr.on("data", (text) => {
      this.log = (this.log + String(text)).slice(-2000);
    });
    this.reader = createInterface({ input: this.child.stdout });
    this.lines = this.reader[Symbol.asyncIterator]();
  }

  /** @throws Error with what the contender wrote when it ends instead of answering */
  async ask<T>(task: string, options: object = {}): Promise<T> {
    this.child.stdin.write(`${JSON.stringify({ task, ...options })}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.contender.name}: ${task} failed:\n${this.log}`);
    return JSON.parse(value as string) as T;
  }

  /** Lets it end; resolves when it has. */
  async stop(): Promise<void> {
    const ended = new Promise((end) => this.child.once("close", end));
    this.child.stdin.end();
    await ended;
    this.reader.close();
  }
}

/** Runs `work` with the contenders started, and stops them after it. */
export async function withContenders<T>(
  contenders: readonly Contender[],
  work: (running: Running[]) => Promise<T>,
): Promise<T> {
  const running = contenders.map((contender) => new Running(contender));
  try {
    return await work(running);
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
}

/** `rounds` answers of each, taken in turns, so that a busy minute of the machine affects all of them. */
export async function inTurns<T>(
  running: readonly Running[],
  rounds: number,
  task: string,
  options: object = {},
): Promise<T[][]> {
  const answers = running.map((): T[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, one] of running.entries()) answers[index].push(await one.ask<T>(task, options));
  }
  return answers;
}
