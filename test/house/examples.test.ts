import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import test, { afterEach } from "node:test";
import { inspect } from "node:util";
import ts from "typescript";
import * as dlfs from "../../lib/src";

/** The examples in the doc comments of lib run, and give the values that stand behind them. */

const LIBRARY = path.resolve(__dirname, "../../lib/src");
const { np, random, RandomState, TwoLayerNet } = dlfs;

const mnist = {
  xTrain: np.array(new RandomState(0).rand(30, 784), { dtype: "float32" }),
  tTrain: new RandomState(1).randint(0, 10, 30),
  xTest: np.array(new RandomState(2).rand(20, 784), { dtype: "float32" }),
  tTest: new RandomState(3).randint(0, 10, 20),
  source: "digits" as const,
};
random.seed(0);
const network = new TwoLayerNet(784, 50, 10);

const saved = new Map<string | undefined, dlfs.Weights["params"]>();

/** What examples speak of without making it, and small stand-ins for what would take long or write a file. */
const NAMES: Readonly<Record<string, unknown>> = {
  ...dlfs,
  mnist,
  network,
  a: np.zeros([3, 3]),
  x: np.array([-1, 2]),
  guesses: np.argmax(network.predict(mnist.xTest), { axis: 1 }),
  f: (point: dlfs.NDArray) => np.sum(np.square(point)),
  loadMnist: () => Promise.resolve(mnist),
  saveWeights: (file: string, params: dlfs.Weights["params"]) => Promise.resolve(void saved.set(file, params)),
  loadWeights: (file?: string) =>
    saved.has(file) ? Promise.resolve({ params: saved.get(file), source: "file" }) : dlfs.loadWeights(file),
  train: (trained: dlfs.Network, data: dlfs.TrainingData, options: dlfs.TrainOptions) =>
    dlfs.train(trained, data, { ...options, iterations: 2 }),
};

interface Example {
  file: string;
  title: string;
  code: string;
}

function sourceFiles(): string[] {
  const names = readdirSync(LIBRARY, { recursive: true, encoding: "utf8" });
  // JupyterLab keeps a copy of each file that it opens, as by a link in a traceback, in a folder whose name begins with
  // a dot
  return names.filter((name) => /(?<!\.d)\.ts$/.test(name) && !/(?:^|[\\/])\./.test(name)).sort();
}

function examplesOf(name: string): Example[] {
  const file = ts.createSourceFile(name, readFileSync(path.join(LIBRARY, name), "utf8"), ts.ScriptTarget.ES2022, true);
  const found: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.isStatement(node) || ts.isClassElement(node) ? ts.getJSDocTags(node) : []) {
      if (tag.parent.parent !== node || tag.tagName.text !== "example") continue;
      const code = ts.getTextOfJSDocComment(tag.comment) ?? "";
      found.push({ file: name, title: `${name}: ${code.split("\n")[0]}`, code });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Runs the statements; `look` takes the value of each expression that has a comment, and the comment. */
async function run(code: string, look: (value: unknown, comment: string) => void, own: object = {}): Promise<void> {
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const statements = file.statements.map((statement, i) => {
    const after = code.slice(statement.end, file.statements[i + 1]?.getStart(file) ?? code.length);
    const comment = after
      .split("\n")
      .map((line) => line.trim().replace(/^\/\/ ?/, ""))
      .join(" ")
      .trim();
    const isValue = ts.isExpressionStatement(statement) && comment !== "";
    return isValue
      ? `look(${statement.expression.getText(file)}, ${JSON.stringify(comment)});`
      : statement.getText(file);
  });
  const values: Readonly<Record<string, unknown>> = { ...own, ...NAMES };
  const names = Object.keys(values).filter((name) => name !== "default");
  const javascript = ts.transpile(statements.join("\n"), {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
  });
  const AsyncFunction = (async () => {}).constructor as new (
    ...text: string[]
  ) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction("look", ...names, `{ ${javascript} }`)(look, ...names.map((name) => values[name]));
}

/** Other comments are words about the value. */
const VALUE = /^(?:array\(|\(|\[|'|"|-?\d|(?:true|false|True|False)$)/;

function check(value: unknown, comment: string): void {
  if (!VALUE.test(comment)) return;
  const said = squash(comment);
  const texts = [
    () => np.repr(value as dlfs.NDArray),
    () => inspect(value),
    () => String(value),
    () => JSON.stringify(value),
  ].map(textOf);
  const isBegun = said.endsWith('..."') && texts.some((text) => text.startsWith(said.slice(0, -'..."'.length)));
  assert.ok(isBegun || texts.includes(said), `${comment}\nis said, but the value is\n${texts[0]}`);
}

function textOf(write: () => string): string {
  try {
    return squash(write());
  } catch {
    return ""; // Python has no text for it
  }
}

function squash(text: string): string {
  return text.replace(/\s+/g, " ");
}

const printOptions = np.getPrintOptions();
afterEach(() => np.setPrintOptions(printOptions));

const examples = sourceFiles().flatMap(examplesOf);

test("most functions of np and random carry an example", () => {
  const numpy = examples.filter(({ file }) => /^(?:np|random)[\\/]/.test(file));
  assert.ok(numpy.length > 80, `${numpy.length} examples`);
});

for (const { file, title, code } of examples) {
  test(`the example of ${title}`, async () => {
    // also what the file alone knows: not all that has an example is public
    await run(code, check, require(path.join(LIBRARY, file)) as object);
  });
}

test("an example with a wrong value is found", async () => {
  await assert.rejects(run("np.sum([1, 2]); // 4.0", check), /4\.0\nis said, but the value is\n3\.0/);
});
