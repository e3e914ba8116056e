"""The operands of topic ops, and the loop over one of its lines."""
import time as clock

import numpy as np

from networks import cross_entropy_error, sigmoid, softmax

WANTED_SECONDS = 0.1


def softmax_of_one(a):
    e = np.exp(a - np.max(a))
    return e / np.sum(e)


def sum_squared_error(y, t):
    return 0.5 * np.sum((y - t) ** 2)


def numerical_gradient(f, x, h=1e-4):
    grad = np.zeros_like(x)
    for i in range(x.size):
        value = x[i]
        x[i] = value + h
        above = f(x)
        x[i] = value - h
        below = f(x)
        grad[i] = (above - below) / (2 * h)
        x[i] = value
    return grad


def operands(images):
    """What the lines of bench/operations name. float64 pixels in products, which NumPy multiplies faster."""
    random = np.random.RandomState(0)
    rand, randn = random.rand, random.randn
    rows = random.choice(10000, 100)
    scores = randn(100, 10)
    t = random.randint(0, 10, 100)
    return {
        "u": rand(3), "v": rand(3), "p": rand(2, 2), "q": rand(2, 2),
        "pixels": images.astype(np.float32), "rows": rows, "x": images[rows],
        "picked": images[rows].astype(np.float32),
        "dense": rand(100, 784), "sample": rand(784),
        "W": randn(784, 50), "g": randn(784, 50), "G": rand(784, 50), "lr": 1e-6,
        "W1": randn(784, 50), "b1": rand(50), "b2": rand(50), "W2": randn(50, 10),
        "a": randn(100, 50), "z": rand(100, 50), "dz": randn(100, 50), "c": rand(100, 50),
        "scores": scores, "y": softmax(scores), "t": t, "one_hot": np.eye(10)[t],
        "guess": softmax_of_one(rand(10)), "answer": np.eye(10)[2],
        "matrix": rand(1000, 1000), "line": rand(1000), "long": rand(1000000), "other": rand(1000000),
        "w": rand(100), "spare": rand(100), "pair": np.array([3.0, 4.0]), "total": 0.0,
        "sum_of_squares": lambda x: np.sum(x ** 2),
        "bowl": lambda x: x[0] ** 2 + x[1] ** 2,
    }


LOOPS = {}


def time(line, shape, names):
    """The CPU seconds of one run of a line, by a loop that is long enough for the clock."""
    known = LOOPS.setdefault((line, str(shape)), {"run": loop_over(line, shape, names), "count": 1})
    while True:
        start = clock.process_time()
        known["run"](known["count"])
        cpu = clock.process_time() - start
        each = max(cpu, 1e-6) / known["count"]
        known["count"] = max(1, min(round(WANTED_SECONDS / each), known["count"] * 10))
        if cpu > WANTED_SECONDS / 2:
            return {"cpu": each}


def loop_over(line, shape, names):
    """The line runs at the top level, as in a cell."""
    space = {**globals(), **names, "out": None if shape is None else np.zeros(shape)}
    code = compile(f"for _ in range(count):\n    {line}", line, "exec")

    def run(count):
        space["count"] = count
        exec(code, space)

    return run
