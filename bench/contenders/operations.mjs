// the operands of topic ops, and the loop over one of its lines
import { measure } from "./serve.mjs";

/** What the lines of bench/operations name; the images are those of MNIST's test set, float32. */
export function operands(dlfs, images) {
  const { np, random } = dlfs;
  random.seed(0);
  const rows = random.choice(10000, 100);
  const x = np.take(images, rows, { axis: 0 });
  const scores = random.randn(100, 10);
  const t = random.randint(0, 10, 100);
  return {
    ...dlfs,
    ...{ u: random.rand(3), v: random.rand(3), p: random.rand(2, 2), q: random.rand(2, 2) },
    ...{ pixels: images, rows, x, dense: random.rand(100, 784), sample: random.rand(784) },
    ...{ W: random.randn(784, 50), g: random.randn(784, 50), G: random.rand(784, 50), lr: 1e-6 },
    ...{ W1: random.randn(784, 50), b1: random.rand(50), b2: random.rand(50), W2: random.randn(50, 10) },
    ...{ a: random.randn(100, 50), z: random.rand(100, 50), dz: random.randn(100, 50), c: random.rand(100, 50) },
    ...{ scores, y: dlfs.softmax(scores), t, oneHot: np.take(np.eye(10), t, { axis: 0 }) },
    ...{ guess: dlfs.softmax(random.rand(10)), answer: np.slice(np.eye(10), 2) },
    ...{ matrix: random.rand(1000, 1000), line: random.rand(1000), long: random.rand(1e6), other: random.rand(1e6) },
    ...{ w: random.rand(100), spare: random.rand(100), pair: np.array([3, 4]) },
    sumOfSquares: (all) => np.sum(np.square(all)),
    bowl: (at) => np.at(at, 0) ** 2 + np.at(at, 1) ** 2,
  };
}

const WANTED_SECONDS = 0.1;
const loops = new Map();

/** The CPU seconds of one run of a line, by a loop that is long enough for the clock. */
export async function time(line, shape, names) {
  const key = `${line} ${shape}`;
  const known = loops.get(key) ?? { run: loopOver(line, shape, names), count: 1 };
  loops.set(key, known);
  for (;;) {
    const { cpu } = await measure(() => known.run(known.count));
    const each = Math.max(cpu, 1e-6) / known.count;
    known.count = Math.max(1, Math.min(Math.round(WANTED_SECONDS / each), known.count * 10));
    if (cpu > WANTED_SECONDS / 2) return { cpu: each };
  }
}

/** The value of a line is kept, so that the engine cannot optimise the line away. */
function loopOver(line, shape, names) {
  const given = { ...names, out: shape && names.np.zeros(shape) };
  const body = line.startsWith("for ") ? line : `kept = ${line}`;
  const text = `let kept, total = 0; return (count) => { for (let turn = 0; turn < count; turn++) { ${body}; } return [kept, total]; };`;
  return new Function(...Object.keys(given), text)(...Object.values(given));
}
