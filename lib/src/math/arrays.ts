import { withArena, type Routines } from "../wasm";

/** The routines that work on many doubles; each gives the bits of the function of one number. */
type ArrayRoutine = "exp" | "log" | "tanh";

/** Fewer elements are quicker without the way into the arena and out of it. */
const FEW = 24;
/** Elements that are in the arena at once: 128 KiB, which the processor's cache holds. */
const BLOCK = 2 ** 14;

/**
 * c[r + i * sc] = f(a[p + i * sa]) for `count` elements: by a compiled routine where there are many.
 *
 * @param f - the function of one number
 * @param name - the routine that gives the same bits
 */
export function mapDoubles(
  f: (x: number) => number,
  name: ArrayRoutine,
  count: number,
  a: ArrayLike<number>,
  p: number,
  sa: number,
  c: Float64Array | Uint8Array,
  r: number,
  sc: number,
): void {
  const one = (): void => {
    for (let i = 0, from = p, to = r; i < count; i++, from += sa, to += sc) c[to] = f(a[from]);
  };
  if (count < FEW || !(a instanceof Float64Array && c instanceof Float64Array)) return one();
  withArena((arena) => {
    const block = arena.doubles(arena.allocate(8 * (Math.min(count, BLOCK) + 1), 16), Math.min(count, BLOCK));
    for (let done = 0; done < count; done += BLOCK) {
      const n = Math.min(count - done, BLOCK);
      copy(n, a, p + done * sa, sa, block, 0, 1);
      (arena.routines[name] satisfies Routines[ArrayRoutine])(block.byteOffset, n);
      copy(n, block, 0, 1, c, r + done * sc, sc);
    }
  }, one);
}

function copy(count: number, from: Float64Array, p: number, sp: number, to: Float64Array, q: number, sq: number): void {
  if (sp === 1 && sq === 1) to.set(from.subarray(p, p + count), q);
  else for (let i = 0; i < count; i++, p += sp, q += sq) to[q] = from[p];
}
