import assert from "node:assert/strict";
import test from "node:test";
import { CellCompiler, cellOptions } from "../../kernel/src/compile";
import { inspectReply } from "../../kernel/src/compile";
import { libraryReader, loadCompiler } from "../../kernel/src/start/loadCompiler";
import { IMPORT, publicNames, type PublicName } from "./publicNames";
import { root } from "../../tools/root";

/** What Shift+Tab tells, at a cursor that `|` stands for. */

const { compiler, files } = loadCompiler();
const cells = new CellCompiler(compiler, cellOptions(compiler, libraryReader(compiler)), { ...files, folder: root });

function declare(source: string): void {
  const compiled = cells.compile(source);
  assert.deepEqual(compiled.diagnostics, []);
  cells.declare(compiled);
}

function told(marked: string): { found: boolean; data: Record<string, string> } {
  const [before, after] = marked.split("|");
  return inspectReply(cells, before + after, [...before].length) as { found: boolean; data: Record<string, string> };
}

const markdownAt = (marked: string): string => told(marked).data["text/markdown"] ?? "";

declare(IMPORT);
declare(`import { np, random, train, TwoLayerNet } from "dlfs";
const network = new TwoLayerNet(4, 3, 2), x = np.zeros([5, 4]);
/**
 * Half of a number.
 * @param value - what is halved
 * @returns the half
 * @remarks Not rounded.
 */
function half(value: number) { return value / 2; }
/** Twice a number. */
const twice = (value: number) => 2 * value;
class Base {
  /** Makes one. @param size - how large */
  constructor(size: number) {}
  /** Its area. */
  area() { return 1; }
}`);

// These throw nothing, whatever they are given.
const NEVER_THROW = [
  "interruptSignal",
  "identity",
  "np.tuple",
  "np.getPrintOptions",
  "plots.live",
  "plots.Plot",
  "plots.Plot.interactiveBundle",
];

/** What a reader misses in the documentation of a name. */
function gaps({ name, kind, parameters, takesApart, givesValue }: PublicName, markdown: string): string[] {
  const bullets = [...markdown.matchAll(/^- `([^`]+)`: \S/gm)].map(([, parameter]) => parameter);
  const isCall = kind === "function" || kind === "constructor";
  // what a subclass overrides is called with arrays that were looked at before
  const throws =
    isCall &&
    !/\.activation(?:Derivative)?$/.test(name) &&
    !NEVER_THROW.includes(name.replace(/^random\.(?=RandomState)/, "")) &&
    !name.endsWith(".getState");
  const wanted: [string, boolean][] = [
    ["a signature", /^```ts\n[^]+?\n```/.test(markdown)],
    ["a sentence", /^```ts[^]*?\n```\n\n(?!\*\*)\S/.test(markdown)],
    ...parameters.map((parameter): [string, boolean] => [parameter, bullets.includes(parameter)]),
    ["the parameter without a name", !takesApart || bullets.some((bullet) => !parameters.includes(bullet))],
    ["Parameters", parameters.length === 0 || markdown.includes("\n\n**Parameters**\n\n- ")],
    ["Returns", kind !== "function" || !givesValue || /\n\n\*\*Returns\*\*\n\n\S/.test(markdown)],
    ["Throws", !throws || /\n\n\*\*Throws\*\*\n\n\S/.test(markdown)],
    ["Example", !isCall || /\n\n\*\*Example\*\*\n\n```ts\n[^]+\n```/.test(markdown)],
  ];
  return wanted.filter(([, isThere]) => !isThere).map(([what]) => what);
}

test("every public name of dlfs is documented, in the parentheses of a call where it can be called", () => {
  const names = publicNames(cells);
  assert.ok(
    names.length > 300 &&
      names.some(({ name }) => name === "np.dot") &&
      names.some(({ name }) => name === "TwoLayerNet.gradient"),
  );
  const incomplete = names
    .map((entry) => ({ name: entry.name, gaps: gaps(entry, markdownAt(`${entry.code}|`)) }))
    .filter((entry) => entry.gaps.length > 0);
  assert.deepEqual(incomplete, []);
});

test("a name that lacks its documentation is found", () => {
  const entry: PublicName = {
    name: "half",
    code: "half(",
    kind: "function",
    parameters: ["value"],
    takesApart: false,
    givesValue: true,
  };
  assert.deepEqual(gaps(entry, markdownAt("half(|")), ["Throws", "Example"]);
  assert.deepEqual(gaps(entry, markdownAt("twice(|")), ["value", "Parameters", "Returns", "Throws", "Example"]);
});

const DOT = /^```ts\ndot\([^]*The product of matrices[^]*- `a`: [^]*- `b`: /;
const HALF = [
  "```ts\nfunction half(value: number): number\n```",
  "Half of a number.",
  "**Parameters**",
  "- `value`: what is halved",
  "**Returns**",
  "the half",
  "**Remarks**",
  "Not rounded.",
].join("\n\n");
const PLACES: [string, string | RegExp][] = [
  ["half|", HALF],
  ["ha|lf(2)", HALF],
  ["half(|", HALF],
  ["half(|)", HALF],
  ["half( | )", HALF],
  ["half?.(|", HALF],
  ["const y = half(|", HALF],
  ["np.dot(|", DOT],
  ["np.dot(x, |", DOT],
  ["np.dot(x,|)", DOT],
  ["np.dot(\n  x,\n  |\n)", DOT],
  ["np.sum(np.dot(x, |))", DOT],
  ["np.dot(half(2), |)", DOT],
  ["half(np.dot(|", DOT],
  ["np.sum(np.dot(x, x), |)", /^```ts\nsum\([^]*The sum, as `np\.sum`/],
  // not called: all signatures, where TypeScript writes only the name of the type
  [
    "np.sum|",
    /^```ts\nsum\(x: Operand\): number\nsum<[^]*\nsum\(x: Operand, options: AxisOptions\): NDArray[^]*- `x`: /,
  ],
  ["np.equal|", /^```ts\nequal<A [^]*: SameKind<A \| B, "bool">\nequal\([^]*\): NDArray<"bool">\n```/],
  ["np.sqrt(|", /^```ts\nsqrt<number \| boolean>\(x: number \| boolean\): number /],
  ["const root = np.sqrt; ro|ot", /^```ts\nroot<X extends number \| boolean>\(x: X\): SameKind<[^]*\nroot</],
  ["twi|ce", "```ts\nconst twice: (value: number) => number\n```\n\nTwice a number."],
  ["for (const row of np.dot(|", DOT],
  ["`${np.dot(|)}`", DOT],
  ["if (np.dot(|", DOT],
  ["[np.dot(|]", DOT],
  ["network.gradient|", /TwoLayerNet\.gradient\([^]*backpropagation/],
  ["network.gradient(x, |", /TwoLayerNet\.gradient\([^]*- `t`: /],
  ["network.params.W|1", /W1: NDArray<"float64">[^]*\(D, H\)/],
  ["new TwoLayerNet(4, |", /^```ts\nnew TwoLayerNet\(inputSize: [^]*Draws W1[^]*- `hiddenSize`: [^]*\*\*Example\*\*/],
  ["new TwoLayer|Net(4", /TwoLayerNet/],
  ["class Mine extends Base { constructor() { super(|", /constructor Base[^]*Makes one[^]*- `size`: how large/],
  ["new Base(1).area(|", /area\(\): number[^]*Its area/],
  ["network|", "```ts\nconst network: TwoLayerNet\n```"],
  ["x|", /^```ts\nconst x: NDArray<"float64">\n```/],
  ["train(network, x as any, { learning|Rate: 1 })", /learningRate[^]*minus the gradient/],
  ["random.randn(|", /Standard normal[^]*- `shape`: [^]*\(random\.seed\(0\), random\.randn/],
  ["random.randn|", /Standard normal[^]*- `shape`: /],
  ["function area(width: number) { return wid|th; }", "```ts\n(parameter) width: number\n```"],
  [
    "/** @param width - in metres */ function area(width: number) { return wid|th; }",
    /\(parameter\) width: number[^]*in metres/,
  ],
  ["/** Doubles. */ function double(n: number) { return 2 * n; } double(|", /Doubles\./],
];

for (const [marked, expected] of PLACES) {
  test(`documentation is found at ${JSON.stringify(marked)}`, () => {
    const markdown = markdownAt(marked);
    if (typeof expected === "string") assert.equal(markdown, expected);
    else assert.match(markdown, expected);
  });
}

const NOTHING = [
  "nothing|",
  "network.nothing|",
  "np.reshapes|",
  "x.|",
  "|",
  "1|23",
  "12.5|",
  "'ha|lf'",
  "`ha|lf`",
  "// ha|lf",
  "/* half| */ 1",
  "return| 1",
  "con|st y = 1",
  "ne|w TwoLayerNet(4, 3, 2)",
  "awai|t 1",
  "typeo|f x",
  "if| (x) {}",
  "half(2)|",
  "half(2) |",
  "half(2);\n|",
  "import { np } from 'dl|fs'",
  "({ key: 'ha|lf' })",
  "tru|e",
  "nul|l",
  "/ha|lf/",
  "nothing(|",
  "network.nothing(|",
  "half + |",
  "thi|s",
];

for (const marked of NOTHING) {
  test(`nothing is found at ${JSON.stringify(marked)}`, () => {
    assert.deepEqual(told(marked), { status: "ok", found: false, data: {}, metadata: {} });
  });
}
