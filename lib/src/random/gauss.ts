import type { MT19937 } from "./mt19937";
import { quickLog } from "./quickLog";

/**
 * Fills an array from place `first` on with standard normal values, as many whole pairs as fit, by Marsaglia's polar
 * method. Of a pair the value that is made from y comes first.
 */
export function fillPairs(words: MT19937, values: Float64Array, first: number): void {
  for (let i = first; i + 1 < values.length;) {
    const x = 2 * words.double() - 1,
      y = 2 * words.double() - 1;
    const r2 = x * x + y * y;
    if (r2 >= 1 || r2 === 0) continue;
    const factor = Math.sqrt((-2 * quickLog(r2)) / r2);
    values[i++] = factor * y;
    values[i++] = factor * x;
  }
}
