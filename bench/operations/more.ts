import { operation, reduction, ufunc, type Operation } from "./operation";

const small: readonly Operation[] = [
  operation("array of 3", "np.array([1, 2, 3])", "np.array([1.0, 2.0, 3.0])"),
  ufunc([3], "subtract 3", "np.subtract(u, v)", "u - v"),
  ufunc([3], "multiply 3", "np.multiply(u, v)", "u * v"),
  ufunc([3], "3 times a number", "np.multiply(v, 0.5)", "v * 0.5"),
  operation("mean 3", "np.mean(v)", "np.mean(v)"),
  operation("max 3", "np.max(v)", "np.max(v)"),
  operation("argmax 3", "np.argmax(v)", "np.argmax(v)"),
  operation("sigmoid 3", "sigmoid(v)", "sigmoid(v)"),
  operation("softmax 3", "softmax(v)", "softmax_of_one(v)"),
  operation("reshape 3 to (3,1)", "np.reshape(v, [3, 1])", "v.reshape(3, 1)"),
];

const elements: readonly Operation[] = [
  operation(
    "read 100 elements",
    "for (let i = 0; i < 100; i++) total += np.at(w, i)",
    "for i in range(100): total += w[i]",
  ),
  operation(
    "write 100 elements",
    "for (let i = 0; i < 100; i++) np.set(spare, [i], i)",
    "for i in range(100): spare[i] = i",
  ),
  operation("sum each row (100,50)", "for (const row of a) total += np.sum(row)", "for row in a: total += np.sum(row)"),
  operation("slice 100 rows", 'np.slice(pixels, "100:200")', "pixels[100:200]"),
  operation("slice a column (100,50)", 'np.slice(a, ":", 1)', "a[:, 1]"),
  operation("y[arange(100), t]", "np.at(y, np.arange(100), t)", "y[np.arange(100), t]"),
  operation("c[a < 0] = 0 (100,50)", "np.set(c, [np.less(a, 0)], 0)", "c[a < 0] = 0"),
];

const elementwise: readonly Operation[] = [
  ufunc([100, 50], "(100,50) times a number", "np.multiply(a, 0.5)", "a * 0.5"),
  ufunc([100, 50], "relu (100,50)", "np.maximum(a, 0)", "np.maximum(a, 0)"),
  ufunc([100, 50], "tanh (100,50)", "np.tanh(a)", "np.tanh(a)"),
  ufunc([100, 10], "log (100,10)", "np.log(y)", "np.log(y)"),
  ufunc([100, 50], "square (100,50)", "np.square(a)", "a ** 2"),
  ufunc([784, 50], "sqrt (784,50)", "np.sqrt(G)", "np.sqrt(G)"),
  ufunc([100, 784], "divide pixels by 255 (100,784)", "np.divide(x, 255)", "x / 255"),
  ufunc([100, 50], "greater (100,50)", "np.greater(a, 0)", "a > 0"),
  operation("where (100,50)", "np.where(np.greater(a, 0), a, 0)", "np.where(a > 0, a, 0)"),
  operation("clip (100,50)", "np.clip(a, -1, 1)", "np.clip(a, -1, 1)"),
  operation("b -= lr * g (50)", "np.subtract(b1, np.multiply(lr, b2), { out: b1 })", "b1 -= lr * b2"),
  operation("z (1 - z) dz (100,50)", "np.multiply(np.multiply(np.subtract(1, z), z), dz)", "(1 - z) * z * dz"),
];

const reductions: readonly Operation[] = [
  ...["mean", "max", "min"].map((name) => reduction([100], `${name} axis 1 (100,784)`, name, "x", 1)),
  operation("argmax axis 1 (100,784)", "np.argmax(x, { axis: 1 })", "np.argmax(x, axis=1)"),
  reduction([784], "mean axis 0 (100,784)", "mean", "x", 0),
  reduction([784], "max axis 0 (100,784)", "max", "x", 0),
  reduction([50], "std axis 0 (100,50)", "std", "a", 0),
  operation("mean (784,50)", "np.mean(g)", "np.mean(g)"),
  operation("max 10^6", "np.max(long)", "np.max(long)"),
  operation("cumsum 10^6", "np.cumsum(long)", "np.cumsum(long)"),
  operation("sum of squares (784,50)", "np.sum(np.square(g))", "np.sum(g ** 2)"),
  operation("norm (784,50)", "np.linalg.norm(g)", "np.linalg.norm(g)"),
];

const products: readonly Operation[] = [
  operation("dot x W1, x without zeros", "np.dot(dense, W1)", "np.dot(dense, W1)"),
  operation("dot z^T dy (50,100)(100,10)", "np.dot(z.T, y)", "np.dot(z.T, y)"),
  operation("dot dy W2^T (100,10)(10,50)", "np.dot(y, W2.T)", "np.dot(y, W2.T)"),
  operation("dot 784 by (784,50)", "np.dot(sample, W1)", "np.dot(sample, W1)"),
  operation("outer 100 by 50", "np.outer(w, b2)", "np.outer(w, b2)"),
];

const networks: readonly Operation[] = [
  operation("crossEntropyError, one-hot", "crossEntropyError(y, oneHot)", "cross_entropy_error(y, one_hot)"),
  operation("crossEntropyError, labels", "crossEntropyError(y, t)", "cross_entropy_error(y, t)"),
  operation("sumSquaredError (10,)", "sumSquaredError(guess, answer)", "sum_squared_error(guess, answer)"),
  operation(
    "accuracy of (100,10)",
    "np.sum(np.equal(np.argmax(y, { axis: 1 }), t)) / 100",
    "np.sum(np.argmax(y, axis=1) == t) / 100",
  ),
  operation("numericalGradient, 2", "numericalGradient(bowl, pair)", "numerical_gradient(bowl, pair)"),
];

const making: readonly Operation[] = [
  operation("zeros (784,50)", "np.zeros([784, 50])", "np.zeros((784, 50))"),
  operation("arange 1000", "np.arange(1000)", "np.arange(1000)"),
  operation("linspace 1000", "np.linspace(0, 6, 1000)", "np.linspace(0, 6, 1000)"),
  operation("copy (784,50)", "np.copy(g)", "g.copy()"),
  operation("copy transposed (784,50)", "np.copy(g.T)", "g.T.copy()"),
  operation("concatenate two (100,50)", "np.concatenate([a, z])", "np.concatenate([a, z])"),
  operation("vstack two (100,50)", "np.vstack([a, z])", "np.vstack([a, z])"),
  operation("sort 1000", "np.sort(line)", "np.sort(line)"),
  operation("rand (784,50)", "random.rand(784, 50)", "np.random.rand(784, 50)"),
  operation("randint 1000", "random.randint(0, 10, 1000)", "np.random.randint(0, 10, 1000)"),
  operation("permutation 60,000", "random.permutation(60000)", "np.random.permutation(60000)"),
];

/** Further operations that a reader of the book meets. */
export const more: readonly Operation[] = [
  ...small,
  ...elements,
  ...elementwise,
  ...reductions,
  ...products,
  ...networks,
  ...making,
];
