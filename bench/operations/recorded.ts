import { operation, reduction, ufunc, type Operation } from "./operation";

/** The rows whose geometric mean is watched from version to version: what the book's chapters 2 to 4 do. */
export const recorded: readonly Operation[] = [
  ufunc([3], "add 3", "np.add(u, v)", "u + v"),
  operation("sum 3", "np.sum(v)", "np.sum(v)"),
  operation("dot 3 by 3", "np.dot(u, v)", "np.dot(u, v)"),
  operation("dot 2x2", "np.dot(p, q)", "np.dot(p, q)"),
  ufunc([3], "exp 3", "np.exp(v)", "np.exp(v)"),
  operation("at 2-d", "np.at(p, 1, 0)", "p[1, 0]"),
  operation("dot x W1, x four fifths zeros", "np.dot(x, W1)", "np.dot(x, W1)"),
  operation("dot x^T dz", "np.dot(x.T, dz)", "np.dot(x.T, dz)"),
  operation("dot z W2 (100,50)(50,10)", "np.dot(z, W2)", "np.dot(z, W2)"),
  operation("dot 1000x1000 by 1000", "np.dot(matrix, line)", "np.dot(matrix, line)"),
  ufunc([100, 50], "add bias (100,50)", "np.add(a, b1)", "a + b1"),
  ufunc([100, 50], "multiply (100,50)", "np.multiply(a, z)", "a * z"),
  ufunc([100, 50], "exp (100,50)", "np.exp(a)", "np.exp(a)"),
  operation("sigmoid (100,50)", "sigmoid(a)", "sigmoid(a)"),
  operation("softmax (100,10)", "softmax(scores)", "softmax(scores)"),
  reduction([50], "sum axis 0 (100,50)", "sum", "a", 0),
  reduction([100], "sum axis 1 (100,10)", "sum", "scores", 1),
  operation("argmax axis 1 (100,10)", "np.argmax(scores, { axis: 1 })", "np.argmax(scores, axis=1)"),
  {
    name: "W -= lr * g (784,50)",
    lines: { dlfs: "np.subtract(W, np.multiply(lr, g), { out: W })", numpy: "W -= lr * g" },
    into: {
      shape: [784, 50],
      lines: {
        dlfs: "np.subtract(W, np.multiply(lr, g, { out }), { out: W })",
        numpy: "W -= np.multiply(lr, g, out=out)",
      },
    },
  },
  ufunc([1e6], "add 10^6", "np.add(long, other)", "long + other"),
  ufunc([1e6], "exp 10^6", "np.exp(long)", "np.exp(long)"),
  operation("sum 10^6", "np.sum(long)", "np.sum(long)"),
  reduction([1000], "sum axis 0 10^6", "sum", "matrix", 0),
  reduction([1000], "max axis 1 10^6", "max", "matrix", 1),
  ufunc([1000, 1000], "add transposed 10^6", "np.add(matrix.T, matrix)", "matrix.T + matrix"),
  {
    name: "take 100 rows of 784",
    lines: { dlfs: "np.take(pixels, rows, { axis: 0 })", numpy: "pixels[rows]" },
    into: {
      lines: { dlfs: "np.take(pixels, rows, { axis: 0, out: x })", numpy: "np.take(pixels, rows, axis=0, out=picked)" },
    },
  },
  operation("randn 39,200", "random.randn(784, 50)", "np.random.randn(784, 50)"),
  operation("choice 100 of 60,000", "random.choice(60000, 100)", "np.random.choice(60000, 100)"),
  operation("numericalGradient, 100", "numericalGradient(sumOfSquares, w)", "numerical_gradient(sum_of_squares, w)"),
];
