import childProcess, {
  type ChildProcess,
  type SpawnOptions,
  type SpawnSyncOptions,
  type SpawnSyncReturns,
} from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { cellOfCode, runAs } from "../cells";

/**
 * Shows the output of child processes with `stdio: "inherit"` in the cell. The descriptors that they would inherit lead
 * to Jupyter's log, so they get pipes instead. The output of a synchronous call is shown when the process has ended.
 */

type Shown = { 1?: NodeJS.WriteStream; 2?: NodeJS.WriteStream };
type Output = string | Uint8Array | null | undefined;
interface WithStdio {
  stdio?: unknown;
  silent?: boolean;
}

export function installChildOutput(): void {
  const { fork, spawn, spawnSync, execSync, execFileSync } = childProcess;
  Object.assign(childProcess, {
    spawn: (file: string, ...rest: unknown[]) => spawned(spawn as Spawn, file, rest),
    fork: (file: string, ...rest: unknown[]) =>
      spawned(fork as Spawn, file, rest, ["inherit", "inherit", "inherit", "ipc"]),
    spawnSync: (file: string, ...rest: unknown[]) => spawnedSync(spawnSync as SpawnSync, file, rest),
    execSync: (command: string, options?: WithStdio) =>
      executed((given) => execSync(command, given as object), options),
    execFileSync: (file: string, ...rest: unknown[]) => {
      const [args, options] = parametersOf(rest);
      return executed((given) => execFileSync(file, args, given as object), options);
    },
  });
  syncBuiltinESMExports();
}

type Spawn = (file: string, args: string[], options: SpawnOptions) => ChildProcess;
type SpawnSync = (file: string, args: string[], options: SpawnSyncOptions) => SpawnSyncReturns<Uint8Array>;

function spawned(spawn: Spawn, file: string, rest: unknown[], otherwise?: string[]): ChildProcess {
  const [args, options] = parametersOf(rest);
  const { stdio, shown } = piped(options?.stdio ?? (options?.silent ? undefined : otherwise));
  const child = spawn(file, args, { ...options, stdio } as SpawnOptions);
  const cell = cellOfCode();
  for (const [index, stream] of entriesOf(shown))
    child.stdio[index]?.on("data", (data) => runAs(cell, () => stream.write(data)));
  return child;
}

function spawnedSync(spawnSync: SpawnSync, file: string, rest: unknown[]): SpawnSyncReturns<Uint8Array> {
  const [args, options] = parametersOf(rest);
  const { stdio, shown } = piped(options?.stdio);
  const result = spawnSync(file, args, { ...options, stdio } as SpawnSyncOptions);
  for (const [index, stream] of entriesOf(shown)) show(stream, result.output?.[index]);
  return result;
}

// Without `stdio`, Node itself writes the child's stderr to process.stderr.
function executed(execute: (options: WithStdio | undefined) => Output, options: WithStdio | undefined): Output {
  const { stdio, shown } = piped(options?.stdio);
  if (!shown[1] && !shown[2]) return execute(options);
  try {
    const output = execute({ ...options, stdio: shown[2] ? undefined : stdio });
    if (!shown[1]) return output;
    show(shown[1], output);
    return null;
  } catch (error) {
    if (shown[1]) show(shown[1], (error as { stdout?: Output } | null)?.stdout);
    throw error;
  }
}

function parametersOf([first, second]: unknown[]): [string[], WithStdio | undefined] {
  return Array.isArray(first)
    ? [first, second as WithStdio | undefined]
    : [[], (second ?? first) as WithStdio | undefined];
}

function piped(stdio: unknown): { stdio: unknown; shown: Shown } {
  const all: unknown[] = typeof stdio === "string" ? [stdio, stdio, stdio] : Array.isArray(stdio) ? stdio : [];
  const shown: Shown = {};
  const changed = all.map((each, index) => {
    const stream = index === 1 || index === 2 ? inherited(each, index) : undefined;
    if (stream) shown[index as 1 | 2] = stream;
    return stream ? "pipe" : each;
  });
  return { stdio: shown[1] || shown[2] ? changed : stdio, shown };
}

function inherited(each: unknown, index: number): NodeJS.WriteStream | undefined {
  if (each === 1 || each === process.stdout || (each === "inherit" && index === 1)) return process.stdout;
  return each === 2 || each === process.stderr || each === "inherit" ? process.stderr : undefined;
}

function entriesOf(shown: Shown): [1 | 2, NodeJS.WriteStream][] {
  return ([1, 2] as const).flatMap((index) =>
    shown[index] ? [[index, shown[index]] as [1 | 2, NodeJS.WriteStream]] : [],
  );
}

function show(stream: NodeJS.WriteStream, output: Output): void {
  if (output?.length) stream.write(output);
}
