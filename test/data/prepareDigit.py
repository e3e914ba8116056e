"""Prepares pictures of digits as MNIST's were, by Pillow and NumPy: the peer of loadDigit in digit.test.ts."""
import numpy as np
from PIL import Image, ImageOps


def prepare(path):
    """The row of 784 pixels of a picture."""
    return center(fill_box(crop(ink(brightness(path))))).ravel()


def brightness(path):
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return np.asarray(picture, dtype=float)[..., :3] @ [0.299, 0.587, 0.114]


def ink(gray):
    edge = np.ones(gray.shape, dtype=bool)
    edge[1:-1, 1:-1] = False
    paper = np.percentile(gray[edge], 50, method="lower")
    noise = np.percentile(np.abs(gray[edge] - paper), 90, method="lower")
    values = np.maximum(np.abs(gray - paper) - noise, 0)
    return values / values.max()


def crop(values):
    rows, columns = np.nonzero(values >= 0.3)
    return values[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def fill_box(values):
    height, width = values.shape
    size = [max(1, int(np.floor(20 * side / max(height, width) + 0.5))) for side in (width, height)]
    small = Image.fromarray(values.astype(np.float32)).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(small) / np.asarray(small).max()


def center(values):
    rows, columns = np.indices(values.shape)
    image = np.zeros((28, 28))
    corner = [
        int(np.clip(np.floor(14 - (places * values).sum() / values.sum() + 0.5), 0, 28 - side))
        for places, side in zip((rows, columns), values.shape)
    ]
    image[corner[0] : corner[0] + values.shape[0], corner[1] : corner[1] + values.shape[1]] = values
    return image
