"""The book's networks and functions in NumPy; t is one-hot rows or labels."""
import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def softmax(a):
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy_error(y, t):
    if t.size == y.size:
        t = t.argmax(axis=1)
    return -np.sum(np.log(y[np.arange(len(y)), t] + 1e-7)) / len(y)


def share_right(y, t):
    if t.ndim == 2:
        t = np.argmax(t, axis=1)
    return np.mean(np.argmax(y, axis=1) == t)


class TwoLayerNet:
    def __init__(self, hidden=50):
        np.random.seed(0)
        self.params = {
            "W1": 0.01 * np.random.randn(784, hidden), "b1": np.zeros(hidden),
            "W2": 0.01 * np.random.randn(hidden, 10), "b2": np.zeros(10),
        }

    def predict(self, x):
        p = self.params
        return softmax(np.dot(sigmoid(np.dot(x, p["W1"]) + p["b1"]), p["W2"]) + p["b2"])

    def loss(self, x, t):
        return cross_entropy_error(self.predict(x), t)

    def accuracy(self, x, t):
        return share_right(self.predict(x), t)

    def gradient(self, x, t):
        p = self.params
        z1 = sigmoid(np.dot(x, p["W1"]) + p["b1"])
        dy = softmax(np.dot(z1, p["W2"]) + p["b2"])
        if t.ndim == 2:
            dy -= t
        else:
            dy[np.arange(len(t)), t] -= 1
        dy /= len(t)
        da1 = np.dot(dy, p["W2"].T) * z1 * (1 - z1)
        return {"W1": np.dot(x.T, da1), "b1": da1.sum(axis=0), "W2": np.dot(z1.T, dy), "b2": dy.sum(axis=0)}

    def numerical_gradient(self, x, t, h=1e-4, count=None):
        """At all parameters, or at the first `count` of each array: the book's loop."""
        grads = {}
        for key, values in self.params.items():
            grad = np.zeros_like(values)
            flat, out = values.reshape(-1), grad.reshape(-1)
            for i in range(flat.size if count is None else min(count, flat.size)):
                value = flat[i]
                flat[i] = value + h
                above = self.loss(x, t)
                flat[i] = value - h
                below = self.loss(x, t)
                out[i] = (above - below) / (2 * h)
                flat[i] = value
            grads[key] = grad
        return grads


class ThreeLayerNet:
    """784-50-100-10, as in the book's section 3.6."""

    def __init__(self):
        sizes = [784, 50, 100, 10]
        self.layers = [(np.random.randn(m, n) / m ** 0.5, np.zeros(n)) for m, n in zip(sizes, sizes[1:])]

    def predict(self, x):
        (W1, b1), (W2, b2), (W3, b3) = self.layers
        z1 = sigmoid(np.dot(x, W1) + b1)
        z2 = sigmoid(np.dot(z1, W2) + b2)
        return softmax(np.dot(z2, W3) + b3)

    def accuracy(self, x, t):
        return share_right(self.predict(x), t)
