// @stdlib's own JavaScript, which lib/src/blas falls back to
import { createRequire } from "node:module";
import { repeat, serve } from "./serve.mjs";

const dgemm = createRequire(import.meta.url)("@stdlib/blas/base/dgemm");

serve({
  async dot({ shape: [m, k, n], transpose, repeats }) {
    const draw = (length) => Float64Array.from({ length }, Math.random);
    const a = draw(m * k),
      b = draw(k * n),
      c = new Float64Array(m * n);
    const run = () =>
      dgemm(
        "row-major",
        transpose ? "transpose" : "no-transpose",
        "no-transpose",
        m,
        n,
        k,
        1,
        a,
        transpose ? m : k,
        b,
        n,
        0,
        c,
        n,
      );
    return repeat(run, repeats);
  },
});
