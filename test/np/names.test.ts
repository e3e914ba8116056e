import test from "node:test";
import * as np from "../../lib/src/np";
import type { NDArray, Operand } from "../../lib/src/np";
import { seeded } from "../seed";
import { arrayOf, below, comparer, exact, filledShape, ownDType, pick, randomShape, shapePair } from "./fuzz";
import type { Tolerance } from "./fuzz";

const compare = comparer();
const twoUlp: Tolerance = { ulp: 2 };
const close: Tolerance = { relative: 1e-12 };
const py = (value: unknown): string =>
  JSON.stringify(value).replaceAll("true", "True").replaceAll("false", "False").replaceAll("null", "None");

type Binary = (a: Operand, b: Operand, options?: { out: NDArray }) => unknown;
type Unary = (x: Operand, options?: { out: NDArray }) => unknown;

const binary: readonly (readonly [string, Binary, Tolerance])[] = [
  ["np.less_equal(a, b)", np.lessEqual as Binary, exact],
  ["np.greater_equal(a, b)", np.greaterEqual as Binary, exact],
  ["np.logical_and(a, b)", np.logicalAnd as Binary, exact],
  ["np.logical_or(a, b)", np.logicalOr as Binary, exact],
  ["np.logical_xor(a, b)", np.logicalXor as Binary, exact],
  // NumPy has these of truths in int8
  ["np.mod(a, b * 1)", np.mod as Binary, exact],
  ["np.remainder(a, b * 1)", np.remainder as Binary, exact],
  ["np.floor_divide(a, b * 1)", np.floorDivide as Binary, exact],
  ["np.power(a, b * 1)", np.power as Binary, twoUlp],
  ["np.isclose(a, b)", np.isclose as Binary, exact],
];

test(seeded("new functions of two operands broadcast as NumPy's"), async () => {
  for (const [python, f, tolerance] of binary) {
    for (let i = 0; i < 80; i++) {
      const [first, second] = shapePair();
      const a = arrayOf(first),
        b = below(5) === 0 ? pick(2, -1, 0.5, 0, 1.5) : arrayOf(second);
      if (python.includes("power")) for (const x of [a, b]) if (typeof x === "object" && x.dtype === "int32") small(x);
      // NumPy takes the root by sqrt or by pow, as the strides suit it: only one of them gives nan for -inf
      if (python.includes("power") && typeof b === "object")
        a.data.forEach((v, k) => (a.data[k] = v === -Infinity ? -2 : v));
      await compare(() => f(a, b), python, { a, b }, tolerance);
    }
  }
});

/** Powers of these fit 32 bits. */
function small(x: NDArray): void {
  for (let i = 0; i < x.data.length; i++) x.data[i] = x.data[i] % 5;
}

const unary: readonly (readonly [string, Unary, Tolerance])[] = [
  ["np.logical_not(x)", np.logicalNot as Unary, exact],
  ["np.isnan(x)", np.isnan as Unary, exact],
  ["np.isinf(x)", np.isinf as Unary, exact],
  ["np.isfinite(x)", np.isfinite as Unary, exact],
  ["np.floor(x)", np.floor as Unary, exact],
  ["np.ceil(x)", np.ceil as Unary, exact],
  ["np.trunc(x)", np.trunc as Unary, exact],
  ["np.sign(x)", np.sign as Unary, exact],
  ["np.sin(x * 1.0)", np.sin as Unary, twoUlp],
  ["np.cos(x * 1.0)", np.cos as Unary, twoUlp],
  ["np.log2(x * 1.0)", np.log2 as Unary, twoUlp],
  ["np.log10(x * 1.0)", np.log10 as Unary, twoUlp],
  ["np.log1p(x * 1.0)", np.log1p as Unary, twoUlp],
  ["np.expm1(x * 1.0)", np.expm1 as Unary, twoUlp],
];

test(seeded("new functions of one operand give NumPy's values"), async () => {
  for (const [python, f, tolerance] of unary) {
    for (let i = 0; i < 60; i++) {
      const x = arrayOf(randomShape());
      await compare(() => f(x), python, { x }, tolerance);
    }
  }
});

test(seeded("clip takes values and arrays for bounds, leaves a side open, and writes in place"), async () => {
  for (let i = 0; i < 200; i++) {
    const [first, second] = shapePair();
    const x = arrayOf(first);
    const bound = () => (below(4) === 0 ? null : below(3) === 0 ? arrayOf(second) : pick(-1, 0, 2, 0.5));
    const low = bound(),
      high = bound();
    await compare(() => np.clip(x, low, high), "np.clip(x, low, high)", { x, low, high });
    const out = np.copy(np.array(x, { dtype: "float64" }));
    const inputs = { x: np.copy(out), low: 0.25, high: 0.5 };
    await compare(() => np.clip(out, 0.25, 0.5, { out }), "np.clip(x, low, high, out=x)", inputs);
  }
});

type Reduce = (x: NDArray, options?: object) => unknown;
const reductions: readonly (readonly [string, Reduce])[] = [
  ["np.any", np.any as Reduce],
  ["np.all", np.all as Reduce],
  ["np.prod", np.prod as Reduce],
  ["np.var", np.var as Reduce],
  ["np.std", np.std as Reduce],
  ["np.median", np.median as Reduce],
  ["np.average", np.average as Reduce],
];

const bigShapes: number[][] = [[1000], [300, 7], [7, 300], [3, 200, 4], [128], [129], [40, 33], [17000]];

test(seeded("new reductions are NumPy's to the last bit, whole and along any axis"), async () => {
  for (const [name, f] of reductions) {
    for (let i = 0; i < 60; i++) {
      const x = arrayOf(below(6) === 0 ? pick(...bigShapes) : filledShape());
      if (name === "np.prod" && x.dtype === "int32") for (let k = 0; k < x.data.length; k++) x.data[k] %= 2;
      await compare(() => f(x), `${name}(x)`, { x });
      for (let axis = -x.ndims - 1; axis <= x.ndims; axis++) {
        const keepdims = below(2) === 0;
        await compare(() => f(x, { axis, keepdims }), `${name}(x, axis=${axis}, keepdims=${py(keepdims)})`, { x });
      }
      if (x.ndims > 1) {
        await compare(() => f(x, { axis: [0, -1] }), `${name}(x, axis=(0, -1))`, { x }, close);
        await compare(() => f(x, { axis: [-1, 0] }), `${name}(x, axis=(-1, 0))`, { x }, close);
      }
    }
  }
});

test(seeded("ddof, weights and out of reductions are NumPy's"), async () => {
  for (let i = 0; i < 80; i++) {
    const x = arrayOf(filledShape(1)),
      ddof = below(3),
      axis = below(x.ndims);
    await compare(() => np.std(x, { ddof }), `np.std(x, ddof=${ddof})`, { x });
    await compare(() => np.var(x, { axis, ddof }), `np.var(x, axis=${axis}, ddof=${ddof})`, { x });
    const weights = arrayOf(pick(x.shape, [x.shape[axis]], [3]), "float64");
    await compare(() => np.average(x, { weights }), "np.average(x, weights=weights)", { x, weights });
    const python = `np.average(x, axis=${axis}, weights=weights)`;
    await compare(() => np.average(x, { axis, weights }), python, { x, weights });
    const out = np.zeros(x.shape.filter((_, k) => k !== axis));
    for (const [name, f] of [...reductions, ["np.sum", np.sum as Reduce], ["np.max", np.max as Reduce]] as const) {
      if (name === "np.average") continue;
      const asked = `out = np.zeros(${py(out.shape)})\n${name}(x, axis=${axis}, out=out)\nout`;
      if (name === "np.prod" && x.dtype === "int32") continue;
      // the order of a sum follows the layout of `out` too
      await compare(() => f(x, { axis, out }), asked, { x }, close);
    }
  }
});

test(seeded("cumsum and cumprod run along an axis or over all elements"), async () => {
  for (let i = 0; i < 150; i++) {
    const x = arrayOf(randomShape());
    for (let k = 0; k < x.data.length; k++) if (x.dtype === "int32") x.data[k] %= 3;
    await compare(() => np.cumsum(x), "np.cumsum(x)", { x });
    const axis = below(x.ndims + 2) - x.ndims;
    await compare(() => np.cumsum(x, { axis }), `np.cumsum(x, axis=${axis})`, { x });
    await compare(() => np.cumprod(x, { axis }), `np.cumprod(x, axis=${axis})`, { x });
  }
});

test(seeded("sort, argsort and unique order as NumPy's"), async () => {
  for (let i = 0; i < 150; i++) {
    const x = arrayOf(randomShape(), ownDType());
    const axis = below(x.ndims + 2) - x.ndims - 1;
    await compare(() => np.sort(x, { axis }), `np.sort(x, axis=${axis})`, { x });
    await compare(() => np.sort(x), "np.sort(x)", { x });
    await compare(() => np.argsort(x, { axis }), `np.argsort(x, axis=${axis}, kind="stable")`, { x });
    await compare(() => np.unique(x), "np.unique(x)", { x });
    const options = { returnIndex: below(2) === 0, returnInverse: below(2) === 0, returnCounts: true };
    const python = `np.unique(x, ${py(options.returnIndex)}, ${py(options.returnInverse)}, True)`;
    const parts = np.unique(x, options) as readonly NDArray[];
    for (const [place, part] of parts.entries()) await compare(() => part, `${python}[${place}]`, { x });
    await compare(() => parts.length, `len(${python})`, { x });
  }
});

test(seeded("bincount counts and adds up weights"), async () => {
  for (let i = 0; i < 100; i++) {
    const x = arrayOf([below(20)], "int32");
    if (below(8) > 0) for (let k = 0; k < x.data.length; k++) x.data[k] = Math.abs(x.data[k]);
    const minlength = below(30),
      weights = arrayOf([below(8) === 0 ? 4 : x.length]);
    await compare(() => np.bincount(x, { minlength }), `np.bincount(x, minlength=${minlength})`, { x });
    await compare(() => np.bincount(x, { weights }), "np.bincount(x, weights)", { x, weights });
  }
});
