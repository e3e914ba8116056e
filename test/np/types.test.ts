import test from "node:test";
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import type * as TypeScript from "typescript";

const root = resolve(__dirname, "..", "..");
const cell = join(root, "cell.ts");

/** A compiler with options under which the library's declarations are read. */
class Checker {
  readonly options: TypeScript.CompilerOptions;
  private readonly base: TypeScript.CompilerHost;
  private readonly parsed = new Map<string, TypeScript.SourceFile | undefined>();

  constructor(
    readonly compiler: typeof TypeScript,
    strict: boolean,
  ) {
    this.options = {
      target: compiler.ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts"],
      module: compiler.ModuleKind.ESNext,
      strict,
      moduleResolution: compiler.ModuleResolutionKind.Node10,
      esModuleInterop: true,
      types: ["node"],
      noEmit: true,
    };
    this.base = compiler.createCompilerHost(this.options);
  }

  /** The program of one cell; the declarations it reads are parsed once for all of them. */
  compile(code: string): TypeScript.Program {
    const { base, compiler, options, parsed } = this;
    const host: TypeScript.CompilerHost = {
      ...base,
      getCurrentDirectory: () => root,
      fileExists: (name) => resolve(name) === cell || base.fileExists(name),
      getSourceFile: (name, version) => {
        if (resolve(name) === cell) return compiler.createSourceFile(name, code, version);
        if (!parsed.has(name)) parsed.set(name, base.getSourceFile(name, version));
        return parsed.get(name);
      },
    };
    return compiler.createProgram([cell], options, host);
  }

  complaints(program: TypeScript.Program, of = program.getSourceFile(cell)): string[] {
    return program
      .getSemanticDiagnostics(of)
      .map(({ messageText }) => this.compiler.flattenDiagnosticMessageText(messageText, " "));
  }
}

// The compiler of cells, which is not strict; that of stock tslab, the oldest that is supported; and both as in a
// strict project.
const compilers: [string, typeof TypeScript][] = [
  ["TypeScript", require("typescript") as typeof TypeScript],
  ["stock tslab's TypeScript", require("@tslab/typescript-for-tslab") as typeof TypeScript],
];
const checkers = compilers.flatMap(([name, compiler]) =>
  [false, true].map((strict) => {
    return {
      checker: new Checker(compiler, strict),
      title: `${name} ${compiler.version}, ${strict ? "strict" : "not strict"}`,
    };
  }),
);

const imports =
  'import { blas, crossEntropyError, np, Perceptron, random, RandomState, sigmoid, softmax, TwoLayerNet, type NDArray } from "dlfs";\nconst x = np.array([[1, 2], [3, 4]]);\n';

const right = `${imports}
const total: number = np.sum(x), columns: NDArray<"float64"> = np.sum(x, { axis: 0, keepdims: true });
const most: boolean = np.max([true, false]), least: boolean = np.min([[true], [false]]), oneOfTruths: boolean = np.at([[true]], 0, 0);
const highest: number = np.max([[1, 2], [3]]), lowest: number = np.min(1), item: number = np.at([[1]], 0, 0);
const [rows, width] = np.shape(x), element: number = np.at(x, 1, 0), place: number = np.argmax(x);
const labels: NDArray<"int32"> = np.argmax(x, { axis: 1 }), mask: NDArray<"bool"> = np.greater(x, 0);
let h = np.zeros([2, 2]);
h = np.add(np.dot(np.transpose(x), x), 1);
h = np.exp(np.negative(h));
h = np.divide(1, np.add(1, h));
np.subtract(h, np.multiply(columns, 0.1), { out: h });
const picked: NDArray<"float64"> = np.at(x, np.arange(2), labels), some: NDArray<"float64"> = np.take(x, [0], { axis: 0 });
const values: Float64Array = h.data, bytes: Uint8Array = mask.data;
const one: number = random.rand(), many: NDArray<"float64"> = random.randn(2, 3), batch: NDArray<"int32"> = random.choice(10, 3);
const text: string = np.str(x) + np.repr([1, [true, "a"]]) + np.array2string(x, { precision: 3 });
np.set(h, [":", 0], [1, 2]);
np.setPrintOptions({ precision: 3, suppress: true });
const every: boolean = np.all(mask), below: NDArray<"bool"> = np.any(mask, { axis: 0 }), spread: number = np.std(x, { ddof: 1 });
const [uniques, first, counts] = np.unique(labels, { returnIndex: true, returnCounts: true });
const kinds: NDArray<"int32"> = uniques, firsts: NDArray<"int32"> = first, often: NDArray<"int32"> = counts;
const isOne: boolean = np.isnan(0.5), power: NDArray<"float64"> = np.power(x, 2), turn: number = np.sin(np.pi), unit: NDArray<"int32"> = np.eye(3, { dtype: "int32" });
const halves: NDArray<"float64">[] = np.split(x, 2), clipped: NDArray<"float64"> = np.clip(x, null, 1), padded: NDArray<"int32"> = np.pad(labels, [1, 2]);
const isSame: boolean = np.equal(true, false), isFirst: boolean = np.logicalAnd(true, 2), risen: number = np.exp(true), magnitude: boolean = np.abs(true);
const rest: number = np.mod(true, true), squared: NDArray<"int32"> = np.square(mask), raised: NDArray<"int32"> = np.power(mask, labels);
const size: number = np.linalg.norm(x), sizes: NDArray<"float64"> = np.linalg.norm(x, { axis: 1 }), spreads: NDArray<"float64"> = np.var(x, { axis: 0 });
const [gx, gy] = np.meshgrid(np.arange(2), [1, 2, 3], { indexing: "ij" }), product: number = blas.ddot(h, h), dice: NDArray<"int32"> = random.binomial(1, 0.5, 3);
np.sum(x, { axis: 0, out: columns });
for (const row of x) { const length: NDArray = np.dot(row, row); const single: number = 2 * row; }
for (const row of x) {
  const scaled: NDArray<"float64"> = np.multiply(row, 2), after: number = np.multiply(2, row) + 1, e: NDArray<"float64"> = np.exp(row);
  const small: NDArray<"bool"> = np.less(row, 1), isSmall: boolean = np.less(row, 1), first: number = np.at(np.square(row), 0);
  const centred: NDArray<"float64"> = np.subtract(row, np.mean(row)), two: NDArray<"float64"> = np.add(row, row), s: NDArray<"float64"> = sigmoid(row);
  const near: NDArray<"bool"> = np.isclose(row, 1), cut: NDArray<"float64"> = np.clip(row, 0, 1), even: NDArray = np.round(row), isNan: NDArray<"bool"> = np.isnan(row);
  for (const value of np.divide(row, 2)) { const below: number = value - 1; }
}
for (const row of labels) { const doubled: NDArray = np.multiply(row, 2), value: number = np.negative(row) + 1; }
let running = 0;
for (const value of x) { running += np.square(value); running = np.add(running, value); if (np.greater(value, 0)) running++; }
let root = np.sqrt(2); root = 5; root += np.maximum(root, 1);
const parabola: (x: number) => number = np.square, plus: (a: number, b: number) => number = np.add;
const [firstRow, secondRow] = x, [p0, p1]: Iterable<number> = np.array([0.5, 0.5]), spreadOut: number[] = [...np.arange(3)];
const largest: number = Math.max(...np.arange(3)), listed: number = x.tolist()[0][1] + 1, truths: boolean = mask.tolist()[0][0];
const turned: NDArray<"float64"> = x.T, count: number = x.size + x.ndim, json: string = JSON.stringify(x), written: string = \`v = \${x}\`;
const truth: boolean = np.at(mask, 0, 0), anyTrue: boolean = np.max(mask), both: boolean = np.add(true, true), third: NDArray = np.at(x, ":", [1, 0]);
const grown: NDArray<"float64"> = np.slice(x, ":", np.newaxis), whole: NDArray = np.at(x, "...", [0]), [at0] = np.where(mask);
np.set(x, [1, [true, false]], 0);
const typed: NDArray<"float64"> = np.array([new Float64Array(2), new Float64Array(2)]), sums: NDArray = np.add(x, new Float64Array(2));
const sized: NDArray<"int32"> = random.randint(0, 10, { size: 3 }), even: NDArray<"float64"> = random.uniform(0, 1, { size: 2 });
const soft: NDArray<"float64"> = softmax([1, 2, 3]), squashed: NDArray = sigmoid([[1, 2], [3, 4]]), lost: number = crossEntropyError([[0.1, 0.9]], [1]);
const unit2 = new Perceptron(np.array([0.5, 0.5]), -0.7), net = new TwoLayerNet(2, 3, 2), scores: NDArray = net.predict([[1, 2], [3, 4]]);
const loss: number = net.loss([[1, 2], [3, 4]], [0, 1]), right: number = net.accuracy([[1, 2]], [[0, 1]]), slopes: NDArray = net.gradient([[1, 2]], [1]).W1;
random.seed(np.array([1, 2], { dtype: "int32" })); random.seed([1, 2]);
const stream = new RandomState(0), number: number = stream.randint(10), y: number = np.exp(1) + np.maximum(0, -1);
`;

const wrong = [
  'np.zeros("3")',
  "np.sum(x).shape",
  "np.sum(x, { axes: 0 })",
  "np.sum(x, { axis: 0 }).toFixed(2)",
  "np.at(x, 0, 1).shape",
  "x[0] + 1",
  "1 - x[0]",
  "x[0] * 2",
  "x[0] = 5",
  "x[0][1] = 5",
  "x[0][1] + 1",
  "x[0] += 1",
  "Math.sqrt(x[0])",
  "const n: number = x[0]",
  "np.sin(x[0]) + 1",
  "x + 1",
  "x * 2",
  "2 / x",
  "x ** 2",
  "x += 1",
  "x = 5",
  "x.sum()",
  "x.length = 3",
  "x.size = 3",
  "np.sum(x, 0)",
  "np.concatenate([x, x], 1)",
  "np.take(x, [0], 1)",
  'np.zeros(3, "int32")',
  "np.linspace(0, 1, 3, false)",
  "np.allclose(x, x, 1e-3)",
  'np.at(x, "0", 1) + 1',
  "np.at(x, 0, 1).toFixed(2).foo",
  "np.full(3)",
  "np.round(x, { decimals: 2 })",
  "random.randint(0, 10, { shape: 3 })",
  "random.uniform(0, 1, { length: 2 })",
  'softmax("x")',
  "softmax([1, 2]).foo",
  'crossEntropyError(["a"], [1])',
  "new TwoLayerNet(2, 3, 2).loss([1, 2])",
  "new TwoLayerNet(2, 3, 2).predict(3)",
  'new Perceptron("a", 1)',
  "np.add(x)",
  "np.subtract(x, 1, { out: 3 })",
  'np.array([["a"]])',
  'np.array([1], { dtype: "float16" })',
  'np.reshape(x, "2")',
  "np.take(x, [0], { axes: 0 })",
  "np.dot(x)",
  "np.shape(x).push(3)",
  "x.shape[0] = 5",
  "np.setPrintOptions({ precison: 3 })",
  'np.setPrintOptions({ sign: "x" })',
  'random.seed("a")',
  'random.choice("abc", 2)',
  "random.rand().shape",
  "random.randn(2).toFixed()",
  "np.einsum(x, x)",
  "np.std(x).shape",
  "np.std(x, { ddof: 1, axis: 0 }).toFixed(2)",
  "np.any(x).shape",
  "np.lessEqual(x, 1).data.foo",
  "np.unique(x, { returnCounts: true })[2]",
  "np.unique(x, { returnCount: true })",
  'np.pad(x, 1, "mean")',
  "np.expandDims(x, 0)",
  'np.astype(x, "int8")',
  'np.linalg.norm(x, { ord: "nuc" })',
  "np.meshgrid(x, { indexing: 1 })",
  "blas.ddot([1], x)",
  "blas.dscal(2, np.arange(3))",
  'blas.dgemm("T", "N", 1, x, x, 0, x)',
  'const f: NDArray<"float64"> = np.array([np.arange(2)])',
  'const n: NDArray<"int32"> = np.divide(x, 2)',
  "np.exp(x).foo",
  "np.str(() => 1)",
  "np.less(x, 1).data.foo",
];

for (const { checker, title } of checkers) {
  test(`${title}: a cell that uses the library as meant compiles without a complaint`, () => {
    assert.deepEqual(checker.complaints(checker.compile(right)), []);
  });

  for (const code of wrong) {
    test(`${title}: the cell ${code} is a type error`, () => {
      assert.equal(checker.complaints(checker.compile(imports + code)).length, 1);
    });
  }

  test(`${title}: the declarations of np and random hold, and nothing in them is any`, () => {
    const program = checker.compile(right);
    const declared = program.getSourceFiles().filter(({ fileName }) => /lib\/dist\/(np|random)\//.test(fileName));
    assert.ok(declared.length > 20, `${declared.length} files`);
    for (const file of declared) assert.deepEqual(checker.complaints(program, file), [], file.fileName);
    const loose = declared.flatMap((file) => looseNames(checker.compiler, file, program.getTypeChecker()));
    assert.deepEqual(loose, []);
  });
}

/** Where a declared name, a parameter or a result is any. */
function looseNames(ts: typeof TypeScript, file: TypeScript.SourceFile, checker: TypeScript.TypeChecker): string[] {
  const found: string[] = [];
  const visit = (node: TypeScript.Node): void => {
    // a private member is declared without its type
    if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword))
      return;
    const typed =
      ts.isParameter(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isPropertySignature(node) ||
      ts.isPropertyDeclaration(node);
    const signature = ts.isFunctionLike(node)
      ? checker.getSignatureFromDeclaration(node as TypeScript.SignatureDeclaration)
      : undefined;
    const type = typed ? checker.getTypeAtLocation(node) : signature?.getReturnType();
    const loose = type !== undefined && (type.flags & ts.TypeFlags.Any) !== 0;
    if (loose) found.push(`${file.fileName}: ${node.getText(file).slice(0, 60)}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
