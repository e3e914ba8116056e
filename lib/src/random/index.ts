import { RandomState } from "./randomState";

export { RandomState } from "./randomState";
export type { ChoiceOptions, OneChoiceOptions, State } from "./randomState";
export type { Size, SizeOption } from "./size";
export type { Seed } from "./seed";

const shared = new RandomState();

/**
 * Begins the shared stream again, as `np.random.seed`; without a seed somewhere new.
 * @throws RangeError for a seed that is no whole number from 0 to 2**32 - 1, or a list of those
 * @example random.seed(0);
 */
export const seed = shared.seed.bind(shared) as RandomState["seed"];

/**
 * Uniform in [0, 1), as `np.random.rand`: a number, or an array of the lengths given.
 * @throws RangeError for a length that is no whole number from 0
 * @example (random.seed(0), random.rand()); // 0.5488135039273248
 */
export const rand = shared.rand.bind(shared) as RandomState["rand"];

/**
 * Standard normal, as `np.random.randn`: a number, or an array of the lengths given.
 * @remarks 0.03 % of the values differ from NumPy's in the last bit or two, because the C library's logarithm is not
 *   correctly rounded.
 * @throws RangeError for a length that is no whole number from 0
 * @example (random.seed(0), random.randn(3)); // array([1.76405235, 0.40015721, 0.97873798])
 */
export const randn = shared.randn.bind(shared) as RandomState["randn"];

/**
 * Whole numbers from `low` up to but not including `high`, or below one bound, as `np.random.randint`.
 * @remarks int32, or float64 for numbers beyond int32, up to 2**53.
 * @throws RangeError when there is no number between, or past 2**53
 * @example (random.seed(0), random.randint(0, 10, 5)); // array([5, 0, 3, 3, 7])
 */
export const randint = shared.randint.bind(shared) as RandomState["randint"];

/**
 * Items of a one-dimensional array, or of the numbers below `a`, as `np.random.choice`.
 * @throws RangeError for an empty population, more items without replacement than there are, or wrong probabilities
 * @example (random.seed(0), random.choice(60000, 4)); // array([ 2732, 43567, 42613, 52416])
 */
export const choice = shared.choice.bind(shared) as RandomState["choice"];

/**
 * The numbers below `x`, or a copy of an array's rows, in random order, as `np.random.permutation`.
 * @remarks A negative number is refused, where NumPy gives an empty array.
 * @throws RangeError for a negative number
 * @example (random.seed(0), random.permutation(5)); // array([2, 0, 1, 3, 4])
 */
export const permutation = shared.permutation.bind(shared) as RandomState["permutation"];

/**
 * Puts an array's rows, or a list's items, in random order in place, as `np.random.shuffle`.
 * @throws RangeError for a 0-d array
 * @example
 * const x = np.arange(5);
 * random.seed(0);
 * random.shuffle(x);
 * x; // array([2, 0, 1, 3, 4])
 */
export const shuffle = shared.shuffle.bind(shared) as RandomState["shuffle"];

/**
 * Uniform in [low, high), as `np.random.uniform`.
 * @remarks The bounds are numbers, not arrays.
 * @throws RangeError when the range is not finite
 * @example (random.seed(0), random.uniform(-1, 1, 2)); // array([0.09762701, 0.43037873])
 */
export const uniform = shared.uniform.bind(shared) as RandomState["uniform"];

/**
 * Uniform in [0, 1), as `np.random.random`.
 * @throws RangeError for a length that is no whole number from 0
 * @example (random.seed(0), random.random(2)); // array([0.5488135 , 0.71518937])
 */
export const random = shared.random.bind(shared) as RandomState["random"];

/**
 * Uniform in [0, 1), as `np.random.random_sample`: another name of `random.random`.
 * @throws RangeError for a length that is no whole number from 0
 * @example (random.seed(0), random.randomSample(2)); // array([0.5488135 , 0.71518937])
 */
export const randomSample = shared.randomSample.bind(shared) as RandomState["randomSample"];

/**
 * How many of `n` trials succeed, each with the probability `p`, as `np.random.binomial`.
 * @remarks int32, `n` at most 2**31 - 1; `n` and `p` are numbers, not arrays.
 * @throws RangeError for an `n` that is no whole number from 0, or a `p` that is not from 0 to 1
 * @example (random.seed(0), random.binomial(10, 0.5, 5)); // array([5, 6, 5, 5, 5])
 */
export const binomial = shared.binomial.bind(shared) as RandomState["binomial"];

/**
 * Normal with mean `loc` and standard deviation `scale`, as `np.random.normal`.
 * @remarks As `random.randn`; `loc` and `scale` are numbers, not arrays.
 * @throws RangeError for a negative scale
 * @example (random.seed(0), random.normal(0, 0.01, 2)); // array([0.01764052, 0.00400157])
 */
export const normal = shared.normal.bind(shared) as RandomState["normal"];

/**
 * Standard normal, as `np.random.standard_normal`.
 * @remarks As `random.randn`.
 * @throws RangeError for a length that is no whole number from 0
 * @example (random.seed(0), random.standardNormal(2)); // array([1.76405235, 0.40015721])
 */
export const standardNormal = shared.standardNormal.bind(shared) as RandomState["standardNormal"];

/**
 * The shared stream's state, to come back to with `setState`, as `np.random.get_state`.
 * @remarks An object `{ key, pos, gauss }`, where NumPy gives a tuple.
 * @example
 * const state = random.getState(), first = random.rand();
 * random.setState(state);
 * random.rand() === first; // true
 */
export const getState = shared.getState.bind(shared) as RandomState["getState"];

/**
 * Goes on from a state that `getState` gave, as `np.random.set_state`.
 * @throws RangeError when it is none
 * @example
 * const state = random.getState(), first = random.rand();
 * random.setState(state);
 * random.rand() === first; // true
 */
export const setState = shared.setState.bind(shared) as RandomState["setState"];
