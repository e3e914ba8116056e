import { host } from "../platform";
import type { Layouts, Pointer } from "./layouts";

/**
 * The compiled routines, and the sizes and constants of their data. The comment of a routine in lib/assembly says what
 * it does, and gives the shapes and strides.
 */
export interface Routines extends Layouts {
  heapBase(): Pointer;
  dgemm(
    M: number,
    N: number,
    K: number,
    alpha: number,
    A: Pointer,
    rowStepA: number,
    columnStepA: number,
    B: Pointer,
    rowStepB: number,
    columnStepB: number,
    beta: number,
    C: Pointer,
    ldc: number,
    scratch: Pointer,
  ): void;
  dgemmScratchBytes(N: number): number;
  mostlyZero(x: Pointer, count: number, share: number): number;
  allFinite(x: Pointer, count: number): number;
  promote(x: Pointer, count: number, out: Pointer): void;
  skipZeros(
    M: number,
    N: number,
    K: number,
    alpha: number,
    A: Pointer,
    rowStepA: number,
    columnStepA: number,
    B: Pointer,
    rowStepB: number,
    columnStepB: number,
    beta: number,
    C: Pointer,
    ldc: number,
    scratch: Pointer,
  ): void;
  skipZerosScratchBytes(M: number, N: number, K: number): number;
  axpy(count: number, factor: number, x: Pointer, y: Pointer): void;
  repeatRow(row: Pointer, rows: Pointer, n: number, stride: number): void;
  compress(x: Pointer, n: number, columns: number, coder: Pointer, starts: Pointer, entries: Pointer): Pointer;
  compressSingle(x: Pointer, n: number, columns: number, coder: Pointer, starts: Pointer, entries: Pointer): Pointer;
  coderBytes(): number;
  tableOffset(): number;
  exp(x: Pointer, count: number): void;
  logistic(x: Pointer, count: number): void;
  log(x: Pointer, count: number): void;
  tanh(x: Pointer, count: number): void;
  crossEntropy(y: Pointer, labels: Pointer, n: number, stride: number): number;
  largestMagnitude(x: Pointer, rows: number, columns: number, stride: number): number;
  smallestMagnitude(x: Pointer, rows: number, columns: number, stride: number): number;
  sigmoid(z: Pointer, count: number): void;
  softmax(y: Pointer, n: number, classes: number, stride: number): void;
  forwardChunk(
    chunk: number,
    thread: number,
    batch: Pointer,
    rowsOfChunk: number,
    stage: number,
    learningRate: number,
  ): void;
  descendChunk(chunk: number, thread: number, batch: Pointer, columnsOfChunk: number, learningRate: number): void;
  batchScratchBytes(network: Pointer): number;
  evaluateChunk(chunk: number, thread: number, evaluation: Pointer): void;
  evaluateChunks(rows: number): number;
  prepareEvaluation(evaluation: Pointer): void;
  singleBytes(network: Pointer): number;
  evaluationScratchBytes(network: Pointer): number;
  judge(
    y: Pointer,
    labels: Pointer,
    n: number,
    classes: number,
    stride: number,
    certain: number,
    verdicts: Pointer,
  ): void;
  logits(network: Pointer, n: number, z: Pointer, y: Pointer, scratch: Pointer): void;
  certaintyInDouble(network: Pointer, input: number): number;
  gradientChunk(
    chunk: number,
    thread: number,
    differentiation: Pointer,
    columnsOfChunk: number,
    h: number,
    form: number,
  ): void;
  gradientChunks(network: Pointer, columnsOfChunk: number): number;
  prepareGradient(differentiation: Pointer): void;
  prepareSamples(differentiation: Pointer, first: number, end: number, form: number): void;
  gradientScratchBytes(samples: number): number;
}

// read when this module is loaded: when the routines are first used, the file may be that of another build
const bytes = attempt(() => host.assets.routines());

let loaded: { module: WebAssembly.Module | undefined } | undefined;

/**
 * The compiled module, which the first call compiles; undefined if the engine has no SIMD or shared memory, or the file
 * has not been built.
 */
export function routinesModule(): WebAssembly.Module | undefined {
  loaded ??= { module: load() };
  return loaded.module;
}

/** The routines for one memory, with the constants as plain numbers. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Routines {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const plain = (value: unknown) => (value instanceof WebAssembly.Global ? value.value : value);
  // TypeScript knows no names of exports; a test compares them with Routines
  return Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [name, plain(value)]),
  ) as unknown as Routines;
}

function load(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(bytes());
  } catch (error) {
    const { message } = error as Error;
    host.warn(`dlfs computes in plain JavaScript, 20 times slower: ${message} ("npm run build" makes the file)`);
    return undefined;
  }
}

/** Calls `read` now; the returned function returns its result or throws its error. */
function attempt<T>(read: () => T): () => T {
  try {
    const value = read();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
