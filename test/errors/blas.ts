import * as np from "../../lib/src/np";
import * as blas from "../../lib/src/np/blas";
import { good, type GoodCall, type Row } from "./table";

const v = np.zeros(2),
  w = np.zeros(3),
  M = np.zeros([2, 3]);
const any = (value: unknown): never => value as never;
const DOUBLES = "wanted a float64 array, as np.array makes";

export const rows: readonly Row[] = [
  [() => blas.ddot(v, w), "RangeError", "ddot: (2,) and (3,): wanted vectors of one length"],
  [() => blas.ddot(any([1, 2]), v), "TypeError", `ddot: x = [1, 2]: ${DOUBLES}`],
  [() => blas.ddot(v, any(np.arange(2))), "TypeError", `ddot: y = int32 array of shape (2,): ${DOUBLES}`],
  [() => blas.daxpy(any("2"), v, v), "TypeError", 'daxpy: alpha = "2": wanted a number'],
  [() => blas.daxpy(2, v, w), "RangeError", "daxpy: (2,) and (3,): wanted equal shapes"],
  [() => blas.daxpy(2, w, M), "RangeError", "daxpy: (3,) and (2,3): wanted equal shapes"],
  [() => blas.daxpy(2, np.transpose(M), M), "RangeError", "daxpy: (3,2) and (2,3): wanted equal shapes"],
  [() => blas.daxpy(2, any([1, 2]), v), "TypeError", `daxpy: x = [1, 2]: ${DOUBLES}`],
  [
    () => blas.daxpy(2, M, any(np.zeros([2, 3], { dtype: "float32" }))),
    "TypeError",
    `daxpy: y = float32 array of shape (2,3): ${DOUBLES}`,
  ],
  [() => blas.dscal(2, M), "RangeError", "dscal: x of shape (2,3): wanted one axis"],
  [() => blas.dcopy(v, w), "RangeError", "dcopy: (2,) and (3,): wanted vectors of one length"],
  [() => blas.dnrm2(any(3)), "TypeError", `dnrm2: x = 3: ${DOUBLES}`],
  [() => blas.dasum(any(undefined)), "TypeError", `dasum: x = undefined: ${DOUBLES}`],
  [() => blas.idamax(M), "RangeError", "idamax: x of shape (2,3): wanted one axis"],
  [
    () => blas.dgemv("no-transpose", 1, M, v, 0, v),
    "RangeError",
    "dgemv: op(A) of shape (2,3), x (2,) and y (2,): wanted x of shape (3,) and y of shape (2,)",
  ],
  [() => blas.dgemv(any("T"), 1, M, w, 0, v), "TypeError", 'dgemv: trans = "T": wanted "no-transpose" or "transpose"'],
  [() => blas.dger(1, v, v, M), "RangeError", "dger: x (2,), y (2,) and A (2,3): wanted A of shape (2,2)"],
  [
    () => blas.dgemm("no-transpose", "no-transpose", 1, M, M, 0, M),
    "RangeError",
    "dgemm: op(A) of shape (2,3), op(B) (2,3) and C (2,3): wanted op(B) of shape (3,3) and C of shape (2,3)",
  ],
  [
    () => blas.dgemm("no-transpose", "transpose", 1, M, M, 0, M),
    "RangeError",
    "dgemm: op(A) of shape (2,3), op(B) (3,2) and C (2,3): wanted op(B) of shape (3,2) and C of shape (2,2)",
  ],
];

const x = () => np.array([1, 2]);
const A = () =>
  np.array([
    [1, 2],
    [3, 4],
  ]);

export const calls: Readonly<Record<string, GoodCall>> = {
  "blas.ddot": good(blas.ddot, () => [x(), x()]),
  "blas.daxpy": good(blas.daxpy, () => [2, x(), x()]),
  "blas.dscal": good(blas.dscal, () => [2, x()]),
  "blas.dcopy": good(blas.dcopy, () => [x(), x()]),
  "blas.dnrm2": good(blas.dnrm2, () => [x()]),
  "blas.dasum": good(blas.dasum, () => [x()]),
  "blas.idamax": good(blas.idamax, () => [x()]),
  "blas.dgemv": good(blas.dgemv, () => ["transpose", 1, A(), x(), 1, x()]),
  "blas.dger": good(blas.dger, () => [1, x(), x(), A()]),
  "blas.dgemm": good(blas.dgemm, () => ["transpose", "no-transpose", 1, A(), A(), 1, A()]),
};
