"""Draws with matplotlib what pictures.ts has drawn, from the same numbers, for the pairs in docs/plots.md."""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402


def gradient_field(data):
    points, vectors = np.array(data["points"]), np.array(data["vectors"])
    fig, ax = plt.subplots(figsize=(4.3, 4.3))
    ax.quiver(points[:, 0], points[:, 1], vectors[:, 0], vectors[:, 1], angles="xy", color="#666666")
    ax.set(xlim=(-2, 2), ylim=(-2, 2), xlabel="x0", ylabel="x1")
    ax.grid()
    return fig


def accuracy(data):
    fig, ax = plt.subplots(figsize=(4.9, 3.6))
    epochs = np.arange(len(data["trainAccuracy"]))
    ax.plot(epochs, data["trainAccuracy"], label="train acc")
    ax.plot(epochs, data["testAccuracy"], label="test acc", linestyle="--")
    ax.set(xlabel="epochs", ylabel="accuracy", ylim=(0, 1.0))
    ax.legend(loc="lower right")
    return fig


def digit(data):
    fig, ax = plt.subplots(figsize=(3.6, 3.6))
    ax.imshow(np.array(data["pixels"]).reshape(28, 28), cmap="gray", vmin=0, vmax=1)
    return fig


def main(data_file, folder):
    figures = {"gradient-field": gradient_field, "accuracy": accuracy, "digit": digit}
    for name, data in json.loads(Path(data_file).read_text()).items():
        fig = figures[name](data)
        fig.tight_layout()
        # no version of matplotlib in the file: the bytes change only with the picture
        fig.savefig(Path(folder) / f"{name}-matplotlib.png", dpi=200, metadata={"Software": None})


main(*sys.argv[1:])
