import { copyMatrix, rowsOf } from "../blas";
import { allocateUnfilled, sizeOf, wrap } from "../np/internal";
import type { Arena, Pointer } from "../wasm";
import { asMatrix } from "./matrix";
import type { FusedParams } from "./params";

/** A TwoLayerNet's arrays in an arena, as lib/assembly/layouts.ts describes them. */
export interface NetworkInArena {
  /** Pointer to the Network object of lib/assembly/layouts.ts, which the routines take as an argument. */
  readonly pointer: Pointer;
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
  /** Bytes from row to row of W1, and of W2. */
  readonly hiddenStride: number;
  readonly classStride: number;
  readonly pointers: Readonly<Record<keyof FusedParams, Pointer>>;
}

/** Allocates memory for the arrays of such a network and for its description; copies nothing into the arrays yet. */
export function allocateNetwork(arena: Arena, { W1, W2 }: FusedParams): NetworkInArena {
  const [inputs, hidden] = W1.shape;
  const classes = W2.shape[1];
  const { routines } = arena;
  const hiddenStride = routines.rowStride(hidden),
    classStride = routines.rowStride(classes);
  const pointer = arena.allocate(routines.networkBytes());
  // rows of an odd length have a padding column that loadParams does not write; routines read it, so it is set to 0
  const allocated = (rows: number, columns: number, stride: number) =>
    stride === 8 * columns ? arena.allocate(rows * stride) : allocateZeros(arena, rows * stride);
  const pointers = {
    W1: allocated(inputs, hidden, hiddenStride),
    b1: allocated(1, hidden, hiddenStride),
    W2: allocated(hidden, classes, classStride),
    b2: allocated(1, classes, classStride),
  };
  routines.setNetwork(pointer, inputs, hidden, classes, pointers.W1, pointers.b1, pointers.W2, pointers.b2);
  return { pointer, inputs, hidden, classes, hiddenStride, classStride, pointers };
}

/** Allocates four arrays of zeros with the shapes of the network's params, for a gradient. */
export function allocateGradient(
  arena: Arena,
  { inputs, hidden, hiddenStride, classStride }: NetworkInArena,
): NetworkInArena["pointers"] {
  return {
    W1: allocateZeros(arena, inputs * hiddenStride),
    b1: allocateZeros(arena, hiddenStride),
    W2: allocateZeros(arena, hidden * classStride),
    b2: allocateZeros(arena, classStride),
  };
}

function allocateZeros(arena: Arena, bytes: number): Pointer {
  const start = arena.allocate(bytes);
  arena.doubles(start, bytes / 8).fill(0); // eight times as fast as filling bytes
  return start;
}

/** Whether params that fit the fused form have the sizes of this network. */
export function hasSameSizes({ inputs, hidden, classes }: NetworkInArena, { W1, W2 }: FusedParams): boolean {
  return W1.shape[0] === inputs && W1.shape[1] === hidden && W2.shape[1] === classes;
}

/** Copies params, which must have the sizes of the network, into the arena. */
export function loadParams(arena: Arena, network: NetworkInArena, params: FusedParams): void {
  for (const [name, rows, columns, step] of layout(network)) {
    const inArena = rowsOf(arena.doubles(network.pointers[name], rows * step), step);
    copyMatrix(rows, columns, asMatrix(params[name]), inArena);
  }
}

/**
 * Computes the logits of n rows and returns a pointer to them. `z` points to n rows of hiddenStride bytes with the
 * inputs of the hidden units, which are replaced by the units' values.
 */
export function logitsOf(arena: Arena, network: NetworkInArena, n: number, z: Pointer): Pointer {
  const { pointer, classes, classStride } = network;
  const y = arena.allocate(n * classStride),
    scratch = arena.allocate(arena.routines.dgemmScratchBytes(classes));
  arena.routines.logits(pointer, n, z, y, scratch);
  return y;
}

/** The largest magnitude of the parameters; NaN if one of them is NaN. */
export function largestParam(arena: Arena, network: NetworkInArena): number {
  const largest = layout(network).map(([name, rows, columns, step]) =>
    arena.routines.largestMagnitude(network.pointers[name], rows, columns, 8 * step),
  );
  return Math.max(...largest);
}

/** Copies the arrays at `pointers` in the arena into the arrays of params, which stay the same objects. */
export function storeParams(
  arena: Arena,
  network: NetworkInArena,
  pointers: NetworkInArena["pointers"],
  params: FusedParams,
): void {
  for (const [name, rows, columns, step] of layout(network)) {
    const inArena = rowsOf(arena.doubles(pointers[name], rows * step), step);
    copyMatrix(rows, columns, inArena, asMatrix(params[name]));
  }
}

/** Copies the arrays at `pointers` in the arena, which have the shapes of the network's params, into fresh arrays. */
export function takeParams(arena: Arena, network: NetworkInArena, pointers: NetworkInArena["pointers"]): FusedParams {
  const { inputs, hidden, classes } = network;
  const fresh = (...shape: number[]) => wrap("float64", allocateUnfilled("gradient", "float64", sizeOf(shape)), shape);
  const params = { W1: fresh(inputs, hidden), b1: fresh(hidden), W2: fresh(hidden, classes), b2: fresh(classes) };
  storeParams(arena, network, pointers, params);
  return params;
}

function layout({ inputs, hidden, classes, hiddenStride, classStride }: NetworkInArena) {
  return [
    ["W1", inputs, hidden, hiddenStride / 8],
    ["b1", 1, hidden, hiddenStride / 8],
    ["W2", hidden, classes, classStride / 8],
    ["b2", 1, classes, classStride / 8],
  ] as const;
}
