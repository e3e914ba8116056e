import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { TwoLayerNet, type TwoLayerParams } from "../../lib/src/networks/twoLayerNet";
import { RandomState } from "../../lib/src/random";
import { seed } from "../seed";

const random = new RandomState(seed);

export const NAMES = ["W1", "b1", "W2", "b2"] as const;

/** A whole number from 0 up to but not including `high`. */
export const below = (high: number): number => random.randint(high);

/** One of the values. */
export const pick = <V>(...values: readonly V[]): V => values[below(values.length)];

export const uniform = (low: number, high: number): number => low + (high - low) * random.rand();

const SPECIAL = [NaN, Infinity, -Infinity, -0, 5e-324, -1e-310, 1e300, -1e300];

/** The same numbers in memory of another order: whole, transposed, part of a larger array, or backwards. */
export function asView<X extends NDArray>(x: X): X {
  const kind = pick("whole", "whole", "transposed", "part", "backwards");
  if (kind === "whole") return x;
  if (kind === "transposed") return np.transpose(np.copy(np.transpose(x))) as X;
  if (kind === "backwards") return np.slice(np.copy(np.slice(x, "::-1")), "::-1") as X;
  const wide = np.zeros([...x.shape.slice(0, -1), 2 * x.shape[x.ndims - 1] + 1], { dtype: x.dtype });
  const part = np.slice(wide, ...x.shape.slice(1).map(() => ":"), "1::2") as X;
  np.set(
    part,
    x.shape.map(() => ":"),
    x,
  );
  return part;
}

export interface Kind {
  /** The largest input, about. */
  readonly pixel: number;
  /** The spread of weights and biases. */
  readonly std: number;
  /** Whether some numbers are nan, infinite, denormal, or so large that they overflow. */
  readonly special: boolean;
}

/** Inputs (rows, columns): few values and mostly zeros, as in images, or any; of each dtype. */
export function inputs(rows: number, columns: number, { pixel, special }: Kind): NDArray {
  const sparse = below(2) === 0,
    sign = pick(0, 1);
  const x = np.zeros([rows, columns]);
  for (let i = 0; i < x.length; i++) {
    if (sparse && below(5) > 1) continue;
    const value = sparse ? (1 + below(4)) / 4 : random.randn();
    x.data[i] = pixel * (sign && below(2) ? -value : value);
    if (special && below(x.length) < 2) x.data[i] = pick(...SPECIAL);
  }
  if (special) return asView(x);
  const dtype = pick("float64", "float64", "float32", "int32", "bool");
  return asView(np.array(x, { dtype }));
}

/** Targets of a form and a dtype. */
export function targets(rows: number, classes: number): NDArray {
  const labels = Array.from({ length: rows }, () => below(classes));
  const dtype = pick("int32", "float64", "float32");
  if (below(2) === 0) return asView(np.array(labels, { dtype }));
  const t = np.zeros([rows, classes], { dtype: below(3) === 0 ? "bool" : dtype });
  labels.forEach((label, row) => {
    t.data[row * classes + label] = 1;
  });
  if (t.dtype === "float64" && below(3) === 0) {
    // soft: shares of several classes
    for (let i = 0; i < t.length; i++) t.data[i] = 0.8 * t.data[i] + 0.2 / classes;
  }
  return asView(t);
}

export function network(sizes: readonly [number, number, number], { std, special }: Kind): TwoLayerNet {
  const made = new TwoLayerNet(...sizes);
  for (const name of NAMES) {
    const values = np.zeros(made.params[name].shape);
    for (let i = 0; i < values.length; i++) values.data[i] = std * random.randn();
    if (special && below(3) === 0) values.data[below(values.length)] = pick(...SPECIAL);
    made.params[name] = asView(values);
  }
  return made;
}

/** Copies, so that two networks can go the same way. */
export function paramsOf({ params }: TwoLayerNet): TwoLayerParams {
  return Object.fromEntries(NAMES.map((name) => [name, np.copy(params[name])])) as TwoLayerParams;
}

/** The book's network in NumPy, on float64. */
export const BOOK = `
np.seterr(all="ignore")

def as_float(a):
    return np.array(a, dtype=float)

def dot(a, b):
    # OpenBLAS leaves out 0 times infinity in products of some shapes, einsum never does
    return np.dot(a, b) if np.isfinite(a).all() and np.isfinite(b).all() else np.einsum("ij,jk->ik", a, b)

def softmax(y):
    e = np.exp(y - y.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def forward(p, x):
    z = 1 / (1 + np.exp(-(dot(x, p["W1"]) + p["b1"])))
    return z, softmax(dot(z, p["W2"]) + p["b2"])

def one_hot(t, classes):
    return t if t.ndim == 2 else np.eye(classes)[t.astype(int)]

def loss(p, x, t):
    y = forward(p, x)[1]
    if t.ndim == 1:
        return -np.sum(np.log(y[np.arange(len(x)), t.astype(int)] + 1e-7)) / len(x)
    return -np.sum(t * np.log(y + 1e-7)) / len(x)

def accuracy(p, x, t):
    wanted = t.argmax(axis=1) if t.ndim == 2 else t
    return np.mean(forward(p, x)[1].argmax(axis=1) == wanted)

def gradient(p, x, t):
    z, y = forward(p, x)
    dy = (y - one_hot(t, y.shape[1])) / len(x)
    da = (1 - z) * z * dot(dy, p["W2"].T)
    return {"W1": dot(x.T, da), "b1": da.sum(axis=0), "W2": dot(z.T, dy), "b2": dy.sum(axis=0)}

def differences(p, x, t, h, places):
    found = []
    for name, index in places:
        index = tuple(index)
        value = p[name][index]
        p[name][index] = value + h
        above = loss(p, x, t)
        p[name][index] = value - h
        below = loss(p, x, t)
        p[name][index] = value
        found.append((above - below) / (2 * h))
    return np.array(found)

def train(p, x, t, iterations, batch, rate, seed, change_at, change):
    np.random.seed(seed)
    losses = []
    for i in range(iterations):
        rows = np.random.choice(len(x), batch)
        g = gradient(p, x[rows], t[rows])
        for name in p:
            p[name] -= rate * g[name]
        losses.append(loss(p, x[rows], t[rows]))
        if i == change_at:
            exec(change)
    return [np.array(losses), accuracy(p, x, t), p["W1"], p["b1"], p["W2"], p["b2"]]
`;
