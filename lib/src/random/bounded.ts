import type { MT19937 } from "./mt19937";

/**
 * A whole number from 0 to `max` inclusive, unbiased: masked bits are drawn again while they exceed `max`. For a
 * range of one value nothing is drawn; beyond 32 bits two words are drawn, the high one first.
 */
export function bounded(words: MT19937, max: number): number {
  if (max === 0) return 0;
  if (max > 0xffffffff) return boundedWide(words, BigInt(max));
  const mask = 0xffffffff >>> Math.clz32(max);
  let value = (words.uint32() & mask) >>> 0;
  while (value > max) value = (words.uint32() & mask) >>> 0;
  return value;
}

/** Fills an array with `lowest` + what as many calls of `bounded` would give. */
export function fillBounded(words: MT19937, max: number, lowest: number, values: Int32Array | Float64Array): void {
  if (max === 0) values.fill(lowest);
  else if (max <= 0xffffffff) words.fillBounded(values, 0xffffffff >>> Math.clz32(max), max, lowest);
  else for (let i = 0; i < values.length; i++) values[i] = lowest + bounded(words, max);
}

function boundedWide(words: MT19937, max: bigint): number {
  const mask = (1n << BigInt(max.toString(2).length)) - 1n;
  for (;;) {
    const high = BigInt(words.uint32()),
      low = BigInt(words.uint32());
    const value = ((high << 32n) | low) & mask;
    if (value <= max) return Number(value);
  }
}
