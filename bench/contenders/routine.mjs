// dlfs's compiled product by itself: operands and result stay where it works, as in training
import { createRequire } from "node:module";
import { repeat, serve } from "./serve.mjs";

const { Arena } = createRequire(import.meta.url)("dlfs/dist/wasm/arena.js");

serve({
  async dot({ shape: [m, k, n], transpose, repeats }) {
    const arena = Arena.borrow();
    const draw = (rows, columns) => {
      const place = arena.allocate(8 * (rows * columns + 1));
      arena.doubles(place, rows * columns).forEach((_, i, to) => (to[i] = Math.random()));
      return place;
    };
    const a = draw(m, k),
      b = draw(k, n);
    const ldc = arena.routines.rowStride(n),
      c = arena.allocate(m * ldc);
    const scratch = arena.allocate(arena.routines.dgemmScratchBytes(n));
    const [rowStep, columnStep] = transpose ? [8, 8 * m] : [8 * k, 8];
    const run = () => arena.routines.dgemm(m, n, k, 1, a, rowStep, columnStep, b, 8 * n, 8, 0, c, ldc, scratch);
    const times = repeat(run, repeats);
    arena.release();
    return times;
  },
});
