export { ddot } from "./ddot";
export { dgemm, type Transpose } from "./dgemm";
export { dgemv } from "./dgemv";
export { copyMatrix, rowsOf, type Matrix, type Real } from "./matrix";
export { compressRows, type SparseRows } from "./sparse";
export { dasum, daxpy, dcopy, dger, dnrm2, dscal, idamax } from "./vectors";
