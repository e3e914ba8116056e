/** The JavaScript that @stdlib/blas/base/dgemm gives where its native addon is not built: the same bits everywhere. */
declare module "@stdlib/blas/base/dgemm/lib/main.js" {
  import dgemm = require("@stdlib/blas/base/dgemm");
  export = dgemm;
}
