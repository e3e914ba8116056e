import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import test from "node:test";
import { loadDigit } from "../../lib/src/data/digit";
import { npmDigits } from "../../lib/src/data/npmDigits";
import { loadWeights } from "../../lib/src/data/weights";
import { ThreeLayerNet } from "../../lib/src/networks/threeLayerNet";
import * as np from "../../lib/src/np";
import { root } from "../../tools/root";
import { openNumpy, type NumpyArray } from "../numpy";

const numpy = openNumpy();
const folder = mkdtempSync(join(tmpdir(), "dlfs-digit-"));
test.after(async () => {
  await numpy.close();
  rmSync(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);
/** Draws a digit with Pillow, `picture`, and saves it by the Python code in `save`. */
const draw = (save: string) =>
  numpy(
    `
import os, sys
sys.dont_write_bytecode = True
sys.path.insert(0, tests)
from PIL import Image, ImageDraw
from prepareDigit import prepare
os.chdir(folder)
picture = Image.new("RGB", (170, 230), (244, 240, 230))
ImageDraw.Draw(picture).line([(40, 50), (120, 46), (96, 120), (70, 190)], (29, 63, 138), 13, "curve")
${save}`,
    { folder, tests: __dirname },
  );

async function peer(name: string): Promise<Float64Array> {
  return ((await numpy("prepare(name)", { name: at(name) })) as NumpyArray).data;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

const PICTURES: [string, string][] = [
  ["rgb.png", ""],
  ["gray.png", 'picture = picture.convert("L")'],
  ["two-colours.png", 'picture = picture.convert("1", dither=0)'],
  ["palette.png", 'picture = picture.convert("P", palette=1, colors=16)'],
  ["light-on-dark.png", "picture = Image.eval(picture, lambda value: 255 - value)"],
  ["transparent.png", 'picture.putalpha(Image.eval(picture.convert("L"), lambda value: 255 - value))'],
  ["small.png", "picture = picture.resize((13, 18))"],
  ["large.png", "picture = picture.resize((1700, 2300))"],
  ["wide.png", "picture = picture.rotate(90, expand=True)"],
  ["in-a-corner.png", "picture = picture.crop((30, 30, 170, 230))"],
  ["drawing.gif", ""],
  [
    "photo.png",
    `noise = np.random.default_rng(0).normal(0, 6, (230, 170, 1))
shadow = np.linspace(0, 60, 170)[None, :, None]
picture = Image.fromarray(np.clip(np.asarray(picture) - shadow + noise, 0, 255).astype(np.uint8))`,
  ],
];

for (const [name, change] of PICTURES) {
  test(`${name} becomes the row that Pillow and NumPy make of it`, async () => {
    await draw(`${change}\npicture.save("${name}")`);
    const row = await loadDigit(at(name));
    assert.deepEqual([row.dtype, ...row.shape], ["float32", 784]);
    assert.equal(Math.max(...row.data), 1);
    assert.ok(largestDifference(row.data, await peer(name)) < 1e-5);
  });
}

test("a JPEG is decoded as by Pillow, but for the rounding of each decoder", async () => {
  await draw('picture.save("photo.jpg", quality=85)\npicture.save("progressive.jpg", progressive=True)');
  for (const name of ["photo.jpg", "progressive.jpg"])
    assert.ok(largestDifference((await loadDigit(at(name))).data, await peer(name)) < 0.02);
});

test("a photo is turned as its EXIF orientation says", async () => {
  await draw(`
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(f"turned-{orientation}.jpg", exif=exif, quality=95)`);
  for (let orientation = 1; orientation <= 8; orientation++) {
    const name = `turned-${orientation}.jpg`;
    assert.ok(largestDifference((await loadDigit(at(name))).data, await peer(name)) < 0.02, name);
  }
});

test("EXIF data that is cut off or of an unknown value turns nothing", async () => {
  await draw(`
exif = Image.Exif()
exif[0x0112] = 6
picture.save("six.jpg", exif=exif)
content = open("six.jpg", "rb").read()
tag = content.index(b"\\x01\\x12\\x00\\x03")
open("nine.jpg", "wb").write(content[:tag + 9] + b"\\x09" + content[tag + 10:])
picture.save("plain.jpg")`);
  assert.deepEqual((await loadDigit(at("nine.jpg"))).data, (await loadDigit(at("plain.jpg"))).data);
});

test("a digit of MNIST, saved as a picture, becomes itself again, and is read as well as before", async () => {
  const { test: digits } = await npmDigits();
  const count = 200;
  const images = np.array(digits.images.subarray(0, 784 * count));
  await numpy(
    `
for i, image in enumerate(images.reshape(-1, 28, 28)):
    Image.fromarray(image.astype(np.uint8)).save(f"mnist-{i}.png")`,
    { images },
  );
  const network = ThreeLayerNet.fromWeights(
    (await loadWeights(resolve(__dirname, "../../data/sample_network.npz"))).params,
  );
  const right = { before: 0, after: 0 };
  let near = 0;
  for (let i = 0; i < count; i++) {
    const original = np.divide(np.slice(images, `${784 * i}:${784 * (i + 1)}`), 255);
    const row = await loadDigit(at(`mnist-${i}.png`));
    if (np.argmax(network.predict(original)) === digits.labels[i]) right.before++;
    if (np.argmax(network.predict(row)) === digits.labels[i]) right.after++;
    if (largestDifference(original.data, row.data) < 0.01) near++;
  }
  assert.ok(right.after >= right.before - 2, `${right.before} of ${count} before, ${right.after} after`);
  // in the others the box loses a row or column of faint pixels, and what is left is scaled to fill it
  assert.ok(near > count / 3, `${near} of ${count} are equal`);
});

test("what is no picture of a digit is refused", async () => {
  await draw(`
picture.save("whole.png")
content = open("whole.png", "rb").read()
open("cut-off.png", "wb").write(content[:40])
Image.new("RGB", (30, 30), "gray").save("blank.png")
Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save("clear.png")
picture.save("picture.webp")`);
  writeFileSync(at("empty.png"), "");
  writeFileSync(at("text.svg"), "<svg");
  writeFileSync(at("huge.svg"), '<svg xmlns="http://www.w3.org/2000/svg" width="90000" height="90000"></svg>');
  const wanted: [string, RegExp][] = [
    ["empty.png", /: starts with "": wanted a PNG, JPEG, GIF or SVG picture$/],
    ["picture.webp", /: starts with "RIFF.*": wanted a PNG, JPEG, GIF or SVG picture$/],
    ["cut-off.png", /: nothing can be seen in it: wanted a whole picture of a digit in ink on plain paper$/],
    ["text.svg", /: cannot be decoded: wanted a whole picture$/],
    ["blank.png", /: nothing can be seen in it: wanted a whole picture of a digit in ink on plain paper$/],
    ["clear.png", /: nothing can be seen in it: wanted a whole picture of a digit in ink on plain paper$/],
    ["huge.svg", /: 90000 x 90000 pixels: wanted at most 200 million$/],
  ];
  for (const [name, message] of wanted) {
    await assert.rejects(loadDigit(at(name)), { name: "FileFormatError", message }, name);
  }
  await assert.rejects(loadDigit(at("none.png")), {
    name: "MissingDataError",
    message: /wanted a picture of a digit$/,
  });
});

test("a name that the working folder does not have is looked for in the project's data", async () => {
  const drawing = await loadDigit("digit.svg");
  assert.deepEqual(drawing.data, (await loadDigit(join(root, "data", "digit.svg"))).data);
  await assert.rejects(loadDigit("digit.png"), {
    message: "loadDigit: digit.png, which is not there: wanted a picture of a digit",
  });
});
