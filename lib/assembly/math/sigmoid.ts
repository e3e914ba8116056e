import { exp } from "./exp";

/**
 * z = 1 / (1 + e^-z) for `count` doubles, two at a time. If `count` is odd, the double after the last one is
 * overwritten too.
 */
export function sigmoid(z: usize, count: i32): void {
  const one = f64x2.splat(1);
  for (const end = z + (<usize>count << 3); z < end; z += 16) {
    v128.store(z, f64x2.div(one, f64x2.add(one, exp(f64x2.neg(v128.load(z))))));
  }
}
