// Past 250 lines because it documents and checks all ten routines.
import { checkNumber, shapeText } from "../checks";
import * as routines from "../blas";
import type { Transpose } from "../blas";
import { add, multiply } from "./arithmetic";
import { apart, checkForm, checkSameShape, matrix, pair, step, turned, vector } from "./blasOperands";
import type { Doubles } from "./blasOperands";
import { isPlain } from "./ndarray";

export type { Doubles } from "./blasOperands";
export type { Transpose } from "../blas";

/**
 * The scalar product of two vectors: sum of x[i] y[i].
 * @param x - (n,), float64
 * @param y - (n,), float64
 * @returns a number, 0 for empty vectors
 * @throws TypeError for an operand that is not a float64 array; RangeError unless both have one axis and the same
 *   length
 * @example blas.ddot(np.array([1, 2]), np.array([3, 4])); // 11.0
 */
export function ddot(x: Doubles, y: Doubles): number {
  const n = pair("ddot", x, y);
  return routines.ddot(n, x.data, step(x), x.offset, y.data, step(y), y.offset);
}

/**
 * Adds a multiple of an array to another in place, "a x plus y": y = alpha x + y. It is the way to write NumPy's
 * `W -= learning_rate * gradient`, for W of any shape. As in BLAS, x is not read if alpha is 0.
 * @param alpha - the factor
 * @param x - (n,) or any other shape, float64
 * @param y - an array of the same shape, float64, which is changed
 * @returns y
 * @throws TypeError for an operand that is not a float64 array; RangeError unless both have the same shape
 * @example blas.daxpy(-0.1, np.array([10, 20]), np.array([1, 2])); // array([0., 0.])
 * @example blas.daxpy(2, np.ones([2, 2]), np.array([[1, 2], [3, 4]])); // array([[3., 4.], [5., 6.]])
 */
export function daxpy(alpha: number, x: Doubles, y: Doubles): Doubles {
  checkNumber("daxpy", "alpha", alpha);
  checkSameShape("daxpy", x, y);
  const from = apart("daxpy", x, y);
  if (y.ndims === 1) routines.daxpy(y.length, alpha, from.data, step(from), from.offset, y.data, step(y), y.offset);
  else if (isPlain(from) && isPlain(y)) routines.daxpy(y.length, alpha, from.data, 1, from.offset, y.data, 1, y.offset);
  // @stdlib's routine leaves y as it is if alpha is 0, also where x is infinite or nan
  else if (alpha !== 0) add(y, multiply(alpha, from), { out: y });
  return y;
}

/**
 * Multiplies a vector in place: x = alpha x.
 * @param alpha - the factor
 * @param x - (n,), float64, which is changed
 * @returns x
 * @throws TypeError for an operand that is not a float64 array; RangeError unless it has one axis
 * @example blas.dscal(2, np.array([1, 2])); // array([2., 4.])
 */
export function dscal(alpha: number, x: Doubles): Doubles {
  checkNumber("dscal", "alpha", alpha);
  routines.dscal(vector("dscal", "x", x), alpha, x.data, step(x), x.offset);
  return x;
}

/**
 * Copies a vector into another: y = x.
 * @param x - (n,), float64
 * @param y - (n,), float64, which is changed
 * @returns y
 * @throws TypeError for an operand that is not a float64 array; RangeError unless both have one axis and the same
 *   length
 * @example blas.dcopy(np.array([1, 2]), np.zeros(2)); // array([1., 2.])
 */
export function dcopy(x: Doubles, y: Doubles): Doubles {
  const n = pair("dcopy", x, y);
  const from = apart("dcopy", x, y);
  routines.dcopy(n, from.data, step(from), from.offset, y.data, step(y), y.offset);
  return y;
}

/**
 * The length of a vector: sqrt(sum of x[i]^2), without overflow on the way.
 * @param x - (n,), float64
 * @returns a number, 0 for an empty vector
 * @throws TypeError for an operand that is not a float64 array; RangeError unless it has one axis
 * @example blas.dnrm2(np.array([3, 4])); // 5.0
 */
export function dnrm2(x: Doubles): number {
  return routines.dnrm2(vector("dnrm2", "x", x), x.data, step(x), x.offset);
}

/**
 * The sum of the absolute values of a vector: sum of |x[i]|.
 * @param x - (n,), float64
 * @returns a number, 0 for an empty vector
 * @throws TypeError for an operand that is not a float64 array; RangeError unless it has one axis
 * @example blas.dasum(np.array([3, -4])); // 7.0
 */
export function dasum(x: Doubles): number {
  return routines.dasum(vector("dasum", "x", x), x.data, step(x), x.offset);
}

/**
 * The index of the largest absolute value of a vector; of the first one if there are several.
 * @param x - (n,), float64
 * @returns a place from 0, and -1 for an empty vector
 * @throws TypeError for an operand that is not a float64 array; RangeError unless it has one axis
 * @example blas.idamax(np.array([3, -4, 4])); // 1.0
 */
export function idamax(x: Doubles): number {
  return routines.idamax(vector("idamax", "x", x), x.data, step(x), x.offset);
}

/**
 * Multiplies a matrix and a vector: y = alpha op(A) x + beta y, where op(A) is A or its transpose.
 * @param trans - "no-transpose" or "transpose"
 * @param alpha - the factor of the product
 * @param A - (m,n), float64
 * @param x - (n,), float64; with "transpose" (m,)
 * @param beta - the factor of y; if it is 0, y is not read
 * @param y - (m,), float64, which is changed; with "transpose" (n,)
 * @returns y
 * @throws TypeError for an operand that is not a float64 array; RangeError for shapes that do not fit
 * @example
 * const A = np.array([[1, 2], [3, 4]]);
 * blas.dgemv("no-transpose", 1, A, np.array([1, 1]), 0, np.zeros(2)); // array([3., 7.])
 */
export function dgemv(trans: Transpose, alpha: number, A: Doubles, x: Doubles, beta: number, y: Doubles): Doubles {
  checkForm("dgemv", "trans", trans);
  checkNumber("dgemv", "alpha", alpha);
  checkNumber("dgemv", "beta", beta);
  const [rows, columns] = turned(trans, matrix("dgemv", "A", A));
  if (vector("dgemv", "x", x) !== columns || vector("dgemv", "y", y) !== rows) {
    throw new RangeError(
      `dgemv: op(A) of shape ${shapeText([rows, columns])}, x ${shapeText(x.shape)} and y ${shapeText(y.shape)}: ` +
        `wanted x of shape (${columns},) and y of shape (${rows},)`,
    );
  }
  // @stdlib's routine does not scale y by beta if A has no columns
  if (columns === 0) return times(beta, y);
  const a = apart("dgemv", A, y),
    from = apart("dgemv", x, y);
  const [m, n] = a.shape,
    [down, right] = a.strides;
  routines.dgemv(
    trans,
    m,
    n,
    alpha,
    a.data,
    down,
    right,
    a.offset,
    from.data,
    step(from),
    from.offset,
    beta,
    y.data,
    step(y),
    y.offset,
  );
  return y;
}

/**
 * Adds the outer product of two vectors to a matrix in place: A = alpha x y^T + A.
 * @param alpha - the factor of the product
 * @param x - (m,), float64
 * @param y - (n,), float64
 * @param A - (m,n), float64, which is changed
 * @returns A
 * @throws TypeError for an operand that is not a float64 array; RangeError for shapes that do not fit
 * @example blas.dger(1, np.array([1, 2]), np.array([3, 4]), np.zeros([2, 2])); // array([[3., 4.], [6., 8.]])
 */
export function dger(alpha: number, x: Doubles, y: Doubles, A: Doubles): Doubles {
  checkNumber("dger", "alpha", alpha);
  const m = vector("dger", "x", x),
    n = vector("dger", "y", y);
  const shape = matrix("dger", "A", A);
  if (shape[0] !== m || shape[1] !== n) {
    throw new RangeError(
      `dger: x ${shapeText(x.shape)}, y ${shapeText(y.shape)} and A ${shapeText(shape)}: wanted A of shape (${m},${n})`,
    );
  }
  const left = apart("dger", x, A),
    right = apart("dger", y, A);
  routines.dger(
    m,
    n,
    alpha,
    left.data,
    step(left),
    left.offset,
    right.data,
    step(right),
    right.offset,
    A.data,
    A.strides[0],
    A.strides[1],
    A.offset,
  );
  return A;
}

/**
 * Multiplies matrices: C = alpha op(A) op(B) + beta C, where op is the matrix itself or its transpose.
 * @param transA - "no-transpose" or "transpose"
 * @param transB - the same for B
 * @param alpha - the factor of the product
 * @param A - op(A) is (m,k), float64
 * @param B - op(B) is (k,n), float64
 * @param beta - the factor of C; if it is 0, C is not read
 * @param C - (m,n), float64, which is changed
 * @returns C
 * @throws TypeError for an operand that is not a float64 array; RangeError for shapes that do not fit
 * @example
 * const A = np.array([[1, 2], [3, 4]]);
 * blas.dgemm("no-transpose", "transpose", 1, A, A, 0, np.zeros([2, 2])); // array([[ 5., 11.], [11., 25.]])
 */
export function dgemm(
  transA: Transpose,
  transB: Transpose,
  alpha: number,
  A: Doubles,
  B: Doubles,
  beta: number,
  C: Doubles,
): Doubles {
  checkForm("dgemm", "transA", transA);
  checkForm("dgemm", "transB", transB);
  checkNumber("dgemm", "alpha", alpha);
  checkNumber("dgemm", "beta", beta);
  const [m, k] = turned(transA, matrix("dgemm", "A", A)),
    [met, n] = turned(transB, matrix("dgemm", "B", B));
  const shape = matrix("dgemm", "C", C);
  if (met !== k || shape[0] !== m || shape[1] !== n) {
    throw new RangeError(
      `dgemm: op(A) of shape ${shapeText([m, k])}, op(B) ${shapeText([met, n])} and C ${shapeText(shape)}: ` +
        `wanted op(B) of shape (${k},${n}) and C of shape (${m},${n})`,
    );
  }
  const a = apart("dgemm", A, C),
    b = apart("dgemm", B, C);
  routines.dgemm(
    transA,
    transB,
    m,
    n,
    k,
    alpha,
    a.data,
    a.strides[0],
    a.strides[1],
    a.offset,
    b.data,
    b.strides[0],
    b.strides[1],
    b.offset,
    beta,
    C.data,
    C.strides[0],
    C.strides[1],
    C.offset,
  );
  return C;
}

function times(beta: number, y: Doubles): Doubles {
  if (beta !== 0) return dscal(beta, y);
  for (let i = 0; i < y.length; i++) y.data[y.offset + i * y.strides[0]] = 0;
  return y;
}
