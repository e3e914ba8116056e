export { copyMatrix, type Matrix, type Real } from "./copy";
export { compressRows, type SparseRows } from "./csr";
export { dgemm, type Transpose } from "./dgemm";
