/**
 * The JavaScript that @stdlib/blas/base/dgemm uses if its native addon is not built. We always use it, because it gives
 * the same bits on every machine.
 */
declare module "@stdlib/blas/base/dgemm/lib/main.js" {
  import dgemm = require("@stdlib/blas/base/dgemm");
  export = dgemm;
}
