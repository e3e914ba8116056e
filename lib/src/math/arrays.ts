import { withArena } from "../wasm";

/** The routines that work on many doubles; each gives the bits of the function of one number. */
type ArrayRoutine = "exp" | "log" | "logistic" | "tanh";

/** Fewer elements are quicker without the way into the arena and out of it. */
const FEW = 24;
/** Elements that are in the arena at once: 128 KiB, which the processor's cache holds. */
const BLOCK = 2 ** 14;

/**
 * c[r + i * sc] = f(a[p + i * sa]) for `count` elements: by a compiled routine if there are many.
 *
 * @param f - the function of one number
 * @param name - the routine that gives the same bits
 */
export function mapDoubles(
  f: (x: number) => number,
  name: ArrayRoutine,
  count: number,
  a: Float64Array,
  p: number,
  sa: number,
  c: Float64Array | Uint8Array,
  r: number,
  sc: number,
): void {
  if (count < FEW || !(c instanceof Float64Array)) {
    for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = f(a[p]);
  } else mapMany(f, name, count, a, p, sa, c, r, sc);
}

function mapMany(
  f: (x: number) => number,
  name: ArrayRoutine,
  count: number,
  a: Float64Array,
  p: number,
  sa: number,
  c: Float64Array,
  r: number,
  sc: number,
): void {
  withArena(
    (arena) => {
      const length = Math.min(count, BLOCK);
      const block = arena.doubles(arena.allocate(8 * (length + 1), 16), length);
      for (let done = 0; done < count; done += BLOCK) {
        const n = Math.min(count - done, BLOCK);
        copy(n, a, p + done * sa, sa, block, 0, 1);
        arena.routines[name](block.byteOffset, n);
        copy(n, block, 0, 1, c, r + done * sc, sc);
      }
    },
    () => {
      for (let i = 0; i < count; i++) c[r + i * sc] = f(a[p + i * sa]);
    },
  );
}

function copy(count: number, from: Float64Array, p: number, sp: number, to: Float64Array, q: number, sq: number): void {
  if (sp === 1 && sq === 1) to.set(from.subarray(p, p + count), q);
  else for (let i = 0; i < count; i++, p += sp, q += sq) to[q] = from[p];
}
