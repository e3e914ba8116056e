/** An address in a WebAssembly memory, in bytes. */
export type Pointer = number;

/** The sizes and constants of lib/assembly/layouts.ts, and the functions that set the fields of its objects. */
export interface Layouts {
  readonly CODES: number;
  readonly ENTRY_BYTES: number;
  readonly INDICES: number;
  readonly LOGITS: number;
  readonly PROBABILITIES: number;
  readonly DELTAS: number;
  readonly RIGHT: number;
  readonly UNDECIDED: number;
  readonly EXACT: number;
  readonly SERIES: number;
  readonly FAR: number;
  rowStride(columns: number): number;
  networkBytes(): number;
  setNetwork(
    network: Pointer,
    inputs: number,
    hidden: number,
    classes: number,
    W1: Pointer,
    b1: Pointer,
    W2: Pointer,
    b2: Pointer,
  ): void;
  batchBytes(): number;
  setBatch(
    batch: Pointer,
    network: Pointer,
    labels: Pointer,
    z: Pointer,
    y: Pointer,
    delta: Pointer,
    scratch: Pointer,
  ): void;
  setDenseRows(batch: Pointer, x: Pointer): void;
  setSparseRows(batch: Pointer, starts: Pointer, rows: Pointer, table: Pointer, ends: Pointer, entries: Pointer): void;
  setSamples(batch: Pointer, samples: number): void;
  evaluationBytes(): number;
  setEvaluation(
    evaluation: Pointer,
    network: Pointer,
    starts: Pointer,
    table: Pointer,
    total: number,
    labels: Pointer,
    verdicts: Pointer,
    single: Pointer,
    scratch: Pointer,
  ): void;
  differentiationBytes(): number;
  setDifferentiation(
    differentiation: Pointer,
    network: Pointer,
    samples: number,
    x: Pointer,
    labels: Pointer,
    z: Pointer,
    y: Pointer,
    W2T: Pointer,
    parts: Pointer,
    records: Pointer,
    workspace: Pointer,
    scratch: Pointer,
  ): void;
  setGradient(differentiation: Pointer, W1: Pointer, b1: Pointer, W2: Pointer, b2: Pointer): void;
  recordsBytes(network: Pointer, samples: number): number;
}
