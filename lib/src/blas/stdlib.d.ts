// The JavaScript form of each routine, which @stdlib uses if its native addon is not built. Importing it directly gives
// the same bits everywhere.
declare module "@stdlib/blas/base/dasum/lib/main.js" {
  import dasum = require("@stdlib/blas/base/dasum");
  export = dasum;
}
declare module "@stdlib/blas/base/daxpy/lib/main.js" {
  import daxpy = require("@stdlib/blas/base/daxpy");
  export = daxpy;
}
declare module "@stdlib/blas/base/dcopy/lib/main.js" {
  import dcopy = require("@stdlib/blas/base/dcopy");
  export = dcopy;
}
declare module "@stdlib/blas/base/ddot/lib/main.js" {
  import ddot = require("@stdlib/blas/base/ddot");
  export = ddot;
}
declare module "@stdlib/blas/base/dgemm/lib/main.js" {
  import dgemm = require("@stdlib/blas/base/dgemm");
  export = dgemm;
}
declare module "@stdlib/blas/base/dgemv/lib/main.js" {
  import dgemv = require("@stdlib/blas/base/dgemv");
  export = dgemv;
}
declare module "@stdlib/blas/base/dnrm2/lib/main.js" {
  import dnrm2 = require("@stdlib/blas/base/dnrm2");
  export = dnrm2;
}
declare module "@stdlib/blas/base/dscal/lib/main.js" {
  import dscal = require("@stdlib/blas/base/dscal");
  export = dscal;
}
declare module "@stdlib/blas/base/idamax/lib/main.js" {
  import idamax = require("@stdlib/blas/base/idamax");
  export = idamax;
}
