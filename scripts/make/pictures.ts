import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadMnist, np, numericalGradient, plots, random, train, TwoLayerNet } from "../../lib/src/index";
import { jupyterDisplay } from "../../lib/src/display/index";
import { root, venvPython } from "../../tools/root";
import { scratchFolder } from "../scratch";

const docs = join(root, "docs");

/** Draws the pictures in docs/: three plots by this library and, from the same numbers, by the matplotlib of .venv. */
export async function make(): Promise<void> {
  const mnist = await loadMnist();
  const field = gradientData();
  const { trainAccuracy, testAccuracy } = await trained(mnist);
  const image = np.slice(mnist.xTrain, 0);
  await write("gradient-field", plots.gradientField(field.points, field.vectors, { x: [-2, 2], y: [-2, 2] }));
  await write("accuracy", plots.accuracy({ trainAccuracy, testAccuracy }));
  await write("digit", plots.digit(image));
  drawWithMatplotlib({
    "gradient-field": field,
    accuracy: { trainAccuracy, testAccuracy },
    digit: { pixels: Array.from({ length: 784 }, (_, i) => np.at(image, i)) },
  });
}

/** The 324 points of the book's gradient_2d.py and minus the gradient of x0^2 + x1^2 there. */
function gradientData(): { points: number[][]; vectors: number[][] } {
  const places = Array.from({ length: 18 }, (_, i) => -2 + 0.25 * i);
  const points = places.flatMap((x1) => places.map((x0) => [x0, x1]));
  const vectors = points.map((point) => {
    const gradient = numericalGradient((x) => np.sum(np.square(x)), np.array(point));
    return [-np.at(gradient, 0), -np.at(gradient, 1)];
  });
  return { points, vectors };
}

function trained(mnist: Awaited<ReturnType<typeof loadMnist>>): ReturnType<typeof train> {
  random.seed(0);
  return train(new TwoLayerNet(784, 50, 10), mnist, { iterations: 5000 });
}

async function write(name: string, plot: plots.Plot): Promise<void> {
  const bundle = await plot[jupyterDisplay]();
  writeFileSync(join(docs, `${name}.png`), Buffer.from(bundle["image/png"] as string, "base64"));
  console.log(`docs/${name}.png: ${plot.description}`);
}

function drawWithMatplotlib(data: object): void {
  const file = join(scratchFolder("pictures"), "data.json");
  writeFileSync(file, JSON.stringify(data));
  const { status } = spawnSync(venvPython, [join(__dirname, "pictures.py"), file, docs], { stdio: "inherit" });
  if (status !== 0) throw new Error(`pictures.py ended with ${status}`);
}
