"""The same work in NumPy, as the book writes it; answers a line of JSON with a line of JSON."""
import gzip
import json
import os
import resource
import sys
import time

import numpy as np

import operations

SCALE = 1024 * 1024 if sys.platform == "darwin" else 1024


def read(name, offset):
    path = os.path.join(os.environ["DLFS_DATA"], name)
    content = gzip.open(path + ".gz").read() if os.path.exists(path + ".gz") else open(path, "rb").read()
    return np.frombuffer(content, np.uint8, offset=offset)


def images(name):
    # float64, which NumPy multiplies faster than the float32 of the book's loader
    return read(name, 16).reshape(-1, 784) / 255.0


SETS = {}
NAMES = {}


def data():
    if not SETS:
        SETS["train"] = images("train-images-idx3-ubyte"), read("train-labels-idx1-ubyte", 8)
        SETS["test"] = images("t10k-images-idx3-ubyte"), read("t10k-labels-idx1-ubyte", 8)
    return SETS["train"], SETS["test"]


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def softmax(a):
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


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
        y = self.predict(x)
        return -np.sum(np.log(y[np.arange(len(t)), t] + 1e-7)) / len(t)

    def accuracy(self, x, t):
        return np.mean(np.argmax(self.predict(x), axis=1) == t)

    def gradient(self, x, t):
        p = self.params
        z1 = sigmoid(np.dot(x, p["W1"]) + p["b1"])
        dy = softmax(np.dot(z1, p["W2"]) + p["b2"])
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


def training(iterations, batchSize=100, hidden=50, evaluateEvery=None):
    (x, t), (x_test, t_test) = data()
    net = TwoLayerNet(hidden)
    every = evaluateEvery or max(len(x) // batchSize, 1)

    def job():
        accuracy, losses = [], []
        for i in range(iterations):
            rows = np.random.choice(len(x), batchSize)
            x_batch, t_batch = x[rows], t[rows]
            grads = net.gradient(x_batch, t_batch)
            for key in net.params:
                net.params[key] -= 0.1 * grads[key]
            losses.append(net.loss(x_batch, t_batch))
            if i % every == 0:
                accuracy.append((net.accuracy(x, t), net.accuracy(x_test, t_test)))
        return accuracy

    measured, accuracy = measure(job)
    return {**measured, "accuracy": float(accuracy[-1][1]), "evaluations": len(accuracy), "memory": peak()}


def numericalGradient(repeats=1, count=None):
    """One run: it takes half a minute."""
    (x, t), _ = data()
    rows = np.random.RandomState(1).choice(len(x), 100)
    net = TwoLayerNet()
    measured, _ = measure(lambda: net.numerical_gradient(x[rows], t[rows], count=count))
    return measured


def dot(shape, repeats, transpose=False):
    m, k, n = shape
    rng = np.random.RandomState(0)
    a = rng.rand(k, m).T if transpose else rng.rand(m, k)
    b = rng.rand(k, n)
    return repeat(lambda: np.dot(a, b), repeats)


def operation(line, shape=None):
    if not NAMES:
        NAMES.update(operations.operands(data()[1][0]))
    return operations.time(line, shape, NAMES)


def naive(repeats):
    (x, t), _ = data()
    rows = np.random.RandomState(1).choice(len(x), 100)
    x, t = x[rows], np.eye(10)[t[rows]]
    params = TwoLayerNet().params

    def step():
        z1 = sigmoid(np.dot(x, params["W1"]) + params["b1"])
        y = softmax(np.dot(z1, params["W2"]) + params["b2"])
        dy = (y - t) / len(x)
        dz1 = np.dot(dy, params["W2"].T) * ((1 - z1) * z1)
        grads = {"W1": np.dot(x.T, dz1), "b1": dz1.sum(axis=0), "W2": np.dot(z1.T, dy), "b2": dy.sum(axis=0)}
        for key in params:
            params[key] -= 0.1 * grads[key]
        return -np.sum(t * np.log(y + 1e-7)) / len(x)

    return repeat(step, repeats)


def load():
    data()


def measure(work):
    cpu, start = time.process_time(), time.perf_counter()
    value = work()
    return {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}, value


def repeat(work, count):
    for _ in range(max(1, count // 5)):
        work()
    measured, times = measure(lambda: sorted(measure(work)[0]["seconds"] for _ in range(count)))
    return {"seconds": times[count // 2], "cpu": measured["cpu"] / count}


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / SCALE


for line in sys.stdin:
    request = json.loads(line)
    task = globals()[request.pop("task")]
    print(json.dumps(task(**request)), flush=True)
