"""The same work in NumPy, as the book writes it; answers a line of JSON with a line of JSON."""
import gzip
import json
import os
import resource
import sys
import time

import numpy as np

import operations
from networks import ThreeLayerNet, TwoLayerNet, sigmoid, softmax

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


def one_hot_data():
    return tuple((x, np.eye(10)[t]) for x, t in data())


def parts(hidden, batchSize, steps, evaluations):
    """A step and an evaluation of training, one-hot labels."""
    (x, t), (x_test, t_test) = one_hot_data()
    net = TwoLayerNet(hidden)

    def step():
        rows = np.random.choice(len(x), batchSize)
        x_batch, t_batch = x[rows], t[rows]
        grads = net.gradient(x_batch, t_batch)
        for key in net.params:
            net.params[key] -= 0.1 * grads[key]
        return net.loss(x_batch, t_batch)

    def evaluation():
        return net.accuracy(x, t), net.accuracy(x_test, t_test)

    return {"step": repeat(step, steps * evaluations), "evaluation": repeat(evaluation, evaluations)}


def methods(hidden, batchSize, repeats):
    """The methods of a network, called from a reader's own loop, one-hot labels; ThreeLayerNet if hidden is null."""
    (x_train, t_train), (x_test, t_test) = one_hot_data()
    rows = np.random.RandomState(1).choice(len(x_train), batchSize)
    x, t = x_train[rows], t_train[rows]
    net = ThreeLayerNet() if hidden is None else TwoLayerNet(hidden)
    calls = {"predict": lambda: net.predict(x)}
    if hidden is not None:
        calls |= {"loss": lambda: net.loss(x, t), "gradient": lambda: net.gradient(x, t)}
    times = {name: repeat(call, repeats) for name, call in calls.items()}
    return {**times, "accuracy": repeat(lambda: net.accuracy(x_test, t_test), 3)}


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
