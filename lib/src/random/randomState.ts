// Past 250 lines because the whole public class is here, each method with its overloads and documentation.
import { checkNumber, checkOptions, checkSwitch, checkWhole, got, shortly } from "../checks";
import { take } from "../np";
import {
  allocate,
  allocateUnfilled,
  type ArrayOrLists,
  asArray,
  assign,
  type Buffers,
  checkArray,
  checkShape,
  copyOf,
  type DType,
  type NDArray,
  type NestedList,
  shapeText,
  sizeOf,
  valueAt,
  wrap,
} from "../np/internal";
import { host } from "../platform";
import { binomialDrawer } from "./binomial";
import { bounded, fillBounded } from "./bounded";
import { fillPairs } from "./gauss";
import { MT19937 } from "./mt19937";
import { readSeed } from "./seed";
import type { Seed } from "./seed";
import { withSize } from "./size";
import type { Size, SizeOption } from "./size";
import { checkProbabilities, searchCumulative, weightedPlaces } from "./weighted";

/** The state from which a stream of random numbers continues. */
export interface State {
  /** The Mersenne Twister's 624 words. */
  readonly key: Uint32Array;
  /** How many of them are spent. */
  readonly pos: number;
  /** The second value of the last pair of normal ones, when it is still to be given out. */
  readonly gauss?: number;
}

/** How `choice` draws: with or without replacement, evenly or by the probabilities `p`. */
export interface ChoiceOptions {
  /** Whether an item may be drawn again; true by default. */
  readonly replace?: boolean;
  /** The probability of each item; all alike by default. */
  readonly p?: NestedList | NDArray;
  /** How many values, if no size comes before the options. */
  readonly size?: Size;
}

/** The same for a single item. */
export interface OneChoiceOptions extends ChoiceOptions {
  readonly size?: undefined;
}

/**
 * A stream of random numbers of one's own, as `np.random.RandomState`: the same numbers for the same seed. Without a
 * seed it begins somewhere else each time. Its methods are the functions of `random`.
 * @remarks As the functions below.
 * @throws RangeError for a seed that is no whole number from 0 to 2**32 - 1
 * @example new RandomState(0).rand(); // 0.5488135039273248
 */
export class RandomState {
  private readonly words = new MT19937();
  private kept: number | undefined;
  private readonly pair = new Float64Array(2);

  /** @param seed - a whole number from 0 to 2**32 - 1, or a list or array of those; none begins somewhere new */
  constructor(seed?: Seed) {
    this.begin("RandomState", seed);
  }

  /**
   * Begins the stream again, as `np.random.seed`; without a seed somewhere new.
   * @param seed - a whole number from 0 to 2**32 - 1, or a list or array of those; none begins somewhere new
   * @throws RangeError for a seed that is no whole number from 0 to 2**32 - 1
   * @example new RandomState().seed(0);
   */
  seed(seed?: Seed): void {
    this.begin("seed", seed);
  }

  private begin(caller: string, seed: Seed | undefined): void {
    const words = seed === undefined ? [...host.bytes.randomWords(624)] : readSeed(caller, seed);
    if (typeof words === "number") this.words.seedWord(words);
    else this.words.seedWords(words);
    this.kept = undefined;
  }

  /**
   * Uniform in [0, 1), as `np.random.rand`: a number, or an array of the lengths given.
   * @param shape - the lengths of the axes; none gives a single number
   * @returns a number, or float64 of that shape
   * @throws RangeError for a length that is no whole number from 0
   * @example new RandomState(0).rand(2); // array([0.5488135 , 0.71518937])
   */
  rand(): number;
  rand(...shape: number[]): NDArray<"float64">;
  rand(...shape: number[]): number | NDArray<"float64"> {
    return this.uniforms("rand", shape.length === 0 ? undefined : shape);
  }

  /**
   * Standard normal, as `np.random.randn`: a number, or an array of the lengths given.
   * @param shape - the lengths of the axes; none gives a single number
   * @returns a number, or float64 of that shape
   * @throws RangeError for a length that is no whole number from 0
   * @example new RandomState(0).randn(2); // array([1.76405235, 0.40015721])
   */
  randn(): number;
  randn(...shape: number[]): NDArray<"float64">;
  randn(...shape: number[]): number | NDArray<"float64"> {
    return this.normals("randn", shape.length === 0 ? undefined : shape);
  }

  /**
   * Standard normal, as `np.random.standard_normal`.
   * @param size - how many values: a length, or the lengths of all axes, or `{ size }`; none gives a single number
   * @returns a number, or float64 of that shape
   * @throws RangeError for a length that is no whole number from 0
   * @example new RandomState(0).standardNormal(2); // array([1.76405235, 0.40015721])
   */
  standardNormal(): number;
  standardNormal(size: Size | { size: Size }): NDArray<"float64">;
  standardNormal(...given: (Size | SizeOption | undefined)[]): number | NDArray<"float64"> {
    return this.normals("standardNormal", withSize("standardNormal", given, 1).size);
  }

  /**
   * Normal with mean `loc` and standard deviation `scale`, as `np.random.normal`.
   * @param loc - the mean, 0 by default
   * @param scale - the standard deviation, 1 by default
   * @param size - how many values: a length, or the lengths of all axes, or `{ size }`; none gives a single number
   * @param options - `size`: the same by name, after as many of the others as are given
   * @returns a number, or float64 of that shape
   * @throws RangeError for a negative scale, -0 included
   * @example new RandomState(0).normal(0, 0.01, 2); // array([0.01764052, 0.00400157])
   */
  normal(loc?: number, scale?: number): number;
  normal(loc: number, scale: number, size: Size | { size: Size }): NDArray<"float64">;
  normal(loc: number, options: { size: Size }): NDArray<"float64">;
  normal(options: { size: Size }): NDArray<"float64">;
  normal(...given: (Size | SizeOption | undefined)[]): number | NDArray<"float64"> {
    const { args, size } = withSize("normal", given, 3);
    const [loc = 0, scale = 1] = args as number[];
    checkNumber("normal", "loc", loc);
    if (typeof scale !== "number" || scale < 0 || Object.is(scale, -0))
      throw new RangeError(`${got("normal", "scale", scale)}: wanted a number from 0`);
    return scaled(this.normals("normal", size), loc, scale);
  }

  /**
   * Uniform in [low, high), as `np.random.uniform`.
   * @param low - the smallest value, 0 by default
   * @param high - the end, not included, 1 by default
   * @param size - how many values: a length, or the lengths of all axes, or `{ size }`; none gives a single number
   * @param options - `size`: the same by name, after as many of the others as are given
   * @returns a number, or float64 of that shape
   * @throws RangeError when the range is not finite
   * @example new RandomState(0).uniform(-1, 1, 2); // array([0.09762701, 0.43037873])
   */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: Size | { size: Size }): NDArray<"float64">;
  uniform(low: number, options: { size: Size }): NDArray<"float64">;
  uniform(options: { size: Size }): NDArray<"float64">;
  uniform(...given: (Size | SizeOption | undefined)[]): number | NDArray<"float64"> {
    const { args, size } = withSize("uniform", given, 3);
    const [low = 0, high = 1] = args as number[];
    checkNumber("uniform", "low", low);
    checkNumber("uniform", "high", high);
    const range = high - low;
    if (!Number.isFinite(range)) throw new RangeError(`uniform: from ${low} to ${high}: wanted a finite range`);
    return scaled(this.uniforms("uniform", size), low, range);
  }

  /**
   * Uniform in [0, 1), as `np.random.random`.
   * @param size - how many values: a length, or the lengths of all axes, or `{ size }`; none gives a single number
   * @returns a number, or float64 of that shape
   * @throws RangeError for a length that is no whole number from 0
   * @example new RandomState(0).random(2); // array([0.5488135 , 0.71518937])
   */
  random(): number;
  random(size: Size | { size: Size }): NDArray<"float64">;
  random(...given: (Size | SizeOption | undefined)[]): number | NDArray<"float64"> {
    return this.uniforms("random", withSize("random", given, 1).size);
  }

  /**
   * Uniform in [0, 1), as `np.random.random_sample`: another name of `random`.
   * @param size - how many values: a length, or the lengths of all axes, or `{ size }`; none gives a single number
   * @returns a number, or float64 of that shape
   * @throws RangeError for a length that is no whole number from 0
   * @example new RandomState(0).randomSample(2); // array([0.5488135 , 0.71518937])
   */
  randomSample(): number;
  randomSample(size: Size | { size: Size }): NDArray<"float64">;
  randomSample(...given: (Size | SizeOption | undefined)[]): number | NDArray<"float64"> {
    return this.uniforms("randomSample", withSize("randomSample", given, 1).size);
  }

  /**
   * How many of `n` trials succeed, each with the probability `p`, as `np.random.binomial`.
   * @param n - how many trials, from 0 to 2**31 - 1
   * @param p - the probability of success, from 0 to 1
   * @param size - how many values: a length, or the lengths of all axes, or `{ size }`; none gives a single number
   * @returns a number, or int32 of that shape
   * @throws RangeError for another `n` or `p`
   * @example new RandomState(0).binomial(10, 0.5, 5); // array([5, 6, 5, 5, 5])
   */
  binomial(n: number, p: number): number;
  binomial(n: number, p: number, size: Size | { size: Size }): NDArray<"int32">;
  binomial(...given: (Size | SizeOption | undefined)[]): number | NDArray<"int32"> {
    const { args, size } = withSize("binomial", given, 3);
    const [n, p] = args as number[];
    checkWhole("binomial", "n", n, 0, 2 ** 31 - 1);
    if (typeof p !== "number" || !(p >= 0 && p <= 1))
      throw new RangeError(`${got("binomial", "p", p)}: wanted a number from 0 to 1`);
    const next = binomialDrawer(n, p, () => this.words.double());
    if (size === undefined) return next();
    return fresh("binomial", "int32", size, (counts) => {
      for (let i = 0; i < counts.length; i++) counts[i] = next();
    });
  }

  /**
   * Whole numbers from `low` up to but not including `high`, or from 0 when one bound is given, as `np.random.randint`:
   * int32, or float64 where they do not fit.
   * @param low - the smallest value; 0 where only `high` is given
   * @param high - the end, not included
   * @param size - how many values: a length, or the lengths of all axes, or `{ size }`; none gives a single number
   * @param options - `size`: the same by name, after as many of the others as are given
   * @returns a number, or an array of that shape
   * @throws RangeError when there is no number between, or past 2**53
   * @example new RandomState(0).randint(0, 10, 5); // array([5, 0, 3, 3, 7])
   */
  randint(high: number): number;
  randint(high: number, options: { size: Size }): NDArray<"int32">;
  randint(low: number, high: number): number;
  randint(low: number, high: number, size: Size | { size: Size }): NDArray<"int32">;
  randint(...given: (Size | SizeOption | undefined)[]): number | NDArray {
    const { args, size } = withSize("randint", given, 3);
    const [first, second] = args as number[];
    const [low, high] = second === undefined ? [0, first] : [first, second];
    const [lowest, highest] = [low, Number.isFinite(high) ? high - 1 : NaN];
    if (!Number.isFinite(low) || ![lowest, highest, highest - lowest].every(Number.isSafeInteger)) {
      throw new RangeError(`randint: from ${shortly(low)} to ${shortly(high)}: wanted whole numbers within 2**53`);
    }
    if (highest < lowest && !drawsNothing("randint", size)) {
      throw new RangeError(`randint: from ${low} to ${high} (not included): wanted a number between`);
    }
    if (size === undefined) return lowest + bounded(this.words, highest - lowest);
    const fits = lowest === (lowest | 0) && highest === (highest | 0);
    return fresh("randint", fits ? "int32" : "float64", size, (values) =>
      fillBounded(this.words, highest - lowest, lowest, values),
    );
  }

  /**
   * Items of a one-dimensional array, or of the numbers below `a`, as `np.random.choice`.
   * @param a - a one-dimensional array, a list, or how many numbers from 0 there are to choose from
   * @param size - how many values: a length, or the lengths of all axes; none gives a single number
   * @param options - `replace`: false draws no item twice; `p`: the probability of each item; `size`, if it is not
   *   an argument of its own
   * @returns an item, or an array of that shape
   * @throws RangeError for an empty population, more items without replacement than there are, or wrong probabilities
   * @example new RandomState(0).choice(60000, 4); // array([ 2732, 43567, 42613, 52416])
   */
  choice(a: number | ArrayOrLists, size?: undefined, options?: OneChoiceOptions): number;
  choice(a: number | ArrayOrLists, options: OneChoiceOptions): number;
  choice(a: number, size: Size, options?: ChoiceOptions): NDArray<"int32">;
  choice(a: number, options: ChoiceOptions & { size: Size }): NDArray<"int32">;
  choice<T extends DType>(a: NDArray<T>, size: Size, options?: ChoiceOptions): NDArray<T>;
  choice<T extends DType>(a: NDArray<T>, options: ChoiceOptions & { size: Size }): NDArray<T>;
  choice(a: readonly number[], size: Size, options?: ChoiceOptions): NDArray<"float64">;
  choice(a: NestedList, size: Size, options?: ChoiceOptions): NDArray;
  choice(a: NestedList, options: ChoiceOptions & { size: Size }): NDArray;
  choice(a: number | ArrayOrLists, ...rest: (Size | ChoiceOptions | undefined)[]): number | boolean | NDArray {
    const { size, options } = withSize<ChoiceOptions>("choice", rest, 1, ["replace", "p", "size"]);
    checkSwitch("choice", "replace", options.replace);
    const given = asArray("choice", a, "a");
    const items = given.ndims === 0 ? undefined : given;
    const population = items === undefined ? given.data[given.offset] : items.length;
    if (given.ndims > 1) throw new RangeError(`choice: a of shape ${shapeText(given.shape)}: wanted one axis`);
    const shape = size === undefined ? [] : checkShape("choice", size, "size");
    const positions = wrap("int32", this.positions(population, sizeOf(shape), options), shape);
    const chosen = items === undefined ? positions : take(items, positions);
    return size === undefined ? valueAt(chosen, chosen.offset) : chosen;
  }

  /**
   * Puts an array's rows, or a list's items, in random order in place, as `np.random.shuffle`.
   * @param x - an array, whose rows change places, or a list of anything
   * @throws RangeError for a 0-d array
   * @example
   * const x = np.arange(5);
   * new RandomState(0).shuffle(x);
   * x; // array([2, 0, 1, 3, 4])
   */
  shuffle(x: NDArray | unknown[]): void {
    if (Array.isArray(x) && Object.isFrozen(x))
      throw new TypeError("shuffle: x is frozen: wanted a list that can be changed");
    if (!Array.isArray(x)) return this.shuffleRows("shuffle", x);
    for (let i = x.length - 1; i > 0; i--) {
      const j = bounded(this.words, i);
      [x[i], x[j]] = [x[j], x[i]];
    }
  }

  private shuffleRows(caller: string, x: NDArray): void {
    checkArray(caller, "x", x);
    if (x.ndims === 0) throw new RangeError(`${caller}: x of shape (): wanted at least one axis`);
    if (x.length === 0 && caller === "shuffle") return; // NumPy draws for the rows of a permutation only
    const order = upTo(caller, x.shape[0]);
    this.shuffleOrder(order);
    const rows = take(x, wrap("int32", order, [order.length]), { axis: 0 });
    assign(caller, x, rows.strides, rows);
  }

  /**
   * The numbers below `x`, or a copy of an array's rows, in random order, as `np.random.permutation`.
   * @param x - how many numbers, or an array or nested lists, which stay as they are
   * @returns (x,) int32, or an array of the shape and dtype of `x`
   * @throws RangeError for a number that is no whole number from 0, or a 0-d array
   * @example new RandomState(0).permutation(5); // array([2, 0, 1, 3, 4])
   */
  permutation(x: number): NDArray<"int32">;
  permutation<T extends DType>(x: NDArray<T>): NDArray<T>;
  permutation(x: NestedList): NDArray;
  permutation(x: number | ArrayOrLists): NDArray {
    if (typeof x === "number") {
      const [length] = checkShape("permutation", x);
      const order = upTo("permutation", length);
      this.shuffleOrder(order);
      return wrap("int32", order, [length]);
    }
    const rows = copyOf("permutation", asArray("permutation", x, "x"));
    this.shuffleRows("permutation", rows);
    return rows;
  }

  /**
   * The state to come back to with `setState`, as `np.random.get_state`.
   * @returns a copy of the state: `{ key, pos, gauss }`
   * @example new RandomState(0).getState().pos; // 624
   */
  getState(): State {
    const state = this.words.state;
    return this.kept === undefined ? state : { ...state, gauss: this.kept };
  }

  /**
   * Goes on from a state that `getState` gave, as `np.random.set_state`.
   * @param state - one that `getState` gave
   * @throws RangeError when it is none
   * @example
   * const stream = new RandomState(0), state = stream.getState(), first = stream.rand();
   * stream.setState(state);
   * stream.rand() === first; // true
   */
  setState(state: State): void {
    const { key, pos, gauss } = readState(state);
    this.words.state = { key: Uint32Array.from(key), pos };
    this.kept = gauss;
  }

  private uniforms(caller: string, size: Size | undefined): number | NDArray<"float64"> {
    if (size === undefined) return this.words.double();
    return fresh(caller, "float64", size, (values) => this.words.fillDoubles(values));
  }

  private normals(caller: string, size: Size | undefined): number | NDArray<"float64"> {
    if (size === undefined) return this.gauss();
    return fresh(caller, "float64", size, (values) => this.fillGauss(values));
  }

  /** The next normal value: the one that is kept, or the first of a pair, whose second is kept for the next call. */
  private gauss(): number {
    const kept = this.kept;
    this.kept = undefined;
    if (kept !== undefined) return kept;
    fillPairs(this.words, this.pair, 0);
    this.kept = this.pair[1];
    return this.pair[0];
  }

  private fillGauss(values: Float64Array): void {
    const first = values.length > 0 && this.kept !== undefined ? 1 : 0;
    if (first === 1) values[0] = this.gauss();
    fillPairs(this.words, values, first);
    if ((values.length - first) % 2 === 1) values[values.length - 1] = this.gauss();
  }

  private positions(population: number, count: number, { replace = true, p }: ChoiceOptions): Int32Array {
    if (!Number.isSafeInteger(population) || (population < 1 && count > 0) || population > 2 ** 31) {
      throw new RangeError(`choice: a = ${population}: wanted a whole number from 1 to 2**31, or a list with items`);
    }
    const weights = p === undefined ? undefined : checkProbabilities(p, population);
    const there = weights === undefined || replace ? population : weights.filter((weight) => weight > 0).length;
    if (!replace && count > 0 && count > there) {
      throw new RangeError(`choice: ${count} of ${there} without replacement: wanted at most ${there}`);
    }
    const uniform = (length: number) => {
      const points = allocate("choice", "float64", length);
      this.words.fillDoubles(points);
      return points;
    };
    if (weights === undefined) {
      if (!replace) return this.permutation(Math.max(population, 0)).data.slice(0, count);
      const places = allocate("choice", "int32", count);
      fillBounded(this.words, population - 1, 0, places);
      return places;
    }
    return replace ? searchCumulative(weights, uniform(count)) : weightedPlaces(weights, count, uniform);
  }

  /** Fisher and Yates: from the last item down, each changes places with one at or before it. */
  private shuffleOrder(order: Int32Array): void {
    for (let i = order.length - 1; i > 0; i--) {
      const j = bounded(this.words, i),
        item = order[i];
      order[i] = order[j];
      order[j] = item;
    }
  }
}

/** 0, 1, 2 and so on. */
function upTo(caller: string, length: number): Int32Array {
  const order = allocate(caller, "int32", length);
  for (let i = 0; i < length; i++) order[i] = i;
  return order;
}

/** A fresh array whose elements `fill` writes. */
function fresh<T extends "float64" | "int32">(
  caller: string,
  dtype: T,
  size: Size,
  fill: (values: Buffers[T]) => void,
): NDArray<T> {
  const shape = checkShape(caller, size, "size");
  const values = allocateUnfilled(caller, dtype, sizeOf(shape));
  fill(values);
  return wrap(dtype, values, shape);
}

/** low + range * each value, written in place. */
function scaled(drawn: number | NDArray<"float64">, low: number, range: number): number | NDArray<"float64"> {
  if (typeof drawn === "number") return low + range * drawn;
  const { data } = drawn;
  for (let i = 0; i < data.length; i++) data[i] = low + range * data[i];
  return drawn;
}

/** Whether the size asks for no values; then the range to draw from may be empty. */
function drawsNothing(caller: string, size: Size | undefined): boolean {
  return size !== undefined && sizeOf(checkShape(caller, size, "size")) === 0;
}

const WORDS = 624;

function readState(state: State): State {
  checkOptions("setState", state, ["key", "pos", "gauss"], "state");
  const { key, pos, gauss } = state;
  if (!(Array.isArray(key) || ArrayBuffer.isView(key)) || key.length !== WORDS) {
    throw new RangeError(`${got("setState", "key", key)}: wanted ${WORDS} words, as getState gives`);
  }
  key.forEach((word, i) => checkWhole("setState", `key[${i}]`, word, 0, 0xffffffff));
  checkWhole("setState", "pos", pos, 0, WORDS);
  if (gauss !== undefined) checkNumber("setState", "gauss", gauss);
  return state;
}
