import { checkFunction, checkPositive, got } from "../checks";
import { type ArrayOrLists, asArray, type NDArray, type NestedList, positionsOf, wrap } from "../np/internal";
import { endIfInterrupted, runningCell, type Pauses } from "../platform";
import { putBack, willMove, type Moved } from "./moved";
import { checkResult } from "./numericalDiff";
import { H } from "./step";

/**
 * The gradient of f at x by central differences, one element after the other: `(f(x + h e) - f(x - h e)) / 2h`.
 *
 * It changes the elements of x itself by plus and minus h and restores them, also when f throws or the cell is stopped.
 * So f may ignore its argument and use x directly, such as the loss of a network of which x is a weight array. Book,
 * section 4.4.
 *
 * @param f - a function of the array, giving a number
 * @param x - float64, of any shape, views included; of nested lists f is given an array of their values
 * @param h - half the distance between the two evaluations
 * @returns float64, of the shape of x
 * @throws TypeError when f is not a function or does not return a number, or x is not a float64 array: h cannot be
 *   added to an integer, and in float32 most of h is lost by rounding
 * @throws RangeError when h is not a finite number above 0; KeyboardInterrupt after the stop button
 * @example
 * numericalGradient((x) => np.sum(np.square(x)), np.array([3, 4])); // array([6., 8.])
 */
export function numericalGradient<X extends NDArray>(f: (x: X) => number, x: X, h?: number): NDArray<"float64">;
export function numericalGradient(f: (x: NDArray<"float64">) => number, x: NestedList, h?: number): NDArray<"float64">;
export function numericalGradient(f: (x: NDArray<"float64">) => number, x: ArrayOrLists, h = H): NDArray<"float64"> {
  const array = Array.isArray(x) || ArrayBuffer.isView(x) ? asArray("numericalGradient", x) : x;
  return gradientFor("numericalGradient", f, array as NDArray<"float64">, h);
}

/** Does the work of numericalGradient; error messages begin with `caller`, the function that the user called. */
export function gradientFor<X extends NDArray>(caller: string, f: (x: X) => number, x: X, h = H): NDArray<"float64"> {
  const differences = new Differences(caller, f, x, h);
  for (let i = 0; i < differences.count; i++) differences.take(i);
  return differences.gradient;
}

/** The same, but takes a pause whenever one is due. During a pause x has its original values. */
export async function numericalGradientInTurns<X extends NDArray>(
  f: (x: X) => number,
  x: X,
  h: number,
  pauses: Pauses,
): Promise<NDArray<"float64">> {
  const differences = new Differences("numericalGradient", f, x, h);
  for (let i = 0; i < differences.count; i++) {
    if (pauses.due) await pauses.take();
    differences.take(i);
  }
  return differences.gradient;
}

/** The central differences of f at x, one for each element. */
class Differences<X extends NDArray> implements Moved {
  readonly gradient: NDArray<"float64">;
  readonly data: Float64Array;
  position = 0;
  value = 0;
  private readonly cell = runningCell();
  private readonly positions: Int32Array;

  constructor(
    private readonly caller: string,
    private readonly f: (x: X) => number,
    private readonly x: X,
    private readonly h: number,
  ) {
    checkFunction(caller, "f", f);
    checkPositive(caller, "h", h);
    this.data = checkFloat64(caller, "x", x).data;
    this.positions = positionsOf(x.shape, x.strides, x.offset);
    this.gradient = wrap("float64", new Float64Array(this.count), x.shape);
  }

  get count(): number {
    return this.positions.length;
  }

  take(i: number): void {
    const { data, h } = this;
    const position = (this.position = this.positions[i]);
    const value = (this.value = data[position]);
    willMove(this);
    try {
      data[position] = value + h;
      const above = this.evaluate();
      data[position] = value - h;
      this.gradient.data[i] = (above - this.evaluate()) / (2 * h);
    } finally {
      putBack();
    }
  }

  private evaluate(): number {
    endIfInterrupted(this.cell);
    return checkResult(this.caller, this.f(this.x));
  }
}

/** @throws TypeError, in the caller's name, unless it is a float64 array */
export function checkFloat64(caller: string, name: string, x: NDArray): NDArray<"float64"> {
  if (!isFloat64(x)) throw new TypeError(`${got(caller, name, x)}: wanted a float64 array, as np.array([3, 4]) makes`);
  return x;
}

function isFloat64(x: NDArray): x is NDArray<"float64"> {
  return (x as NDArray | null | undefined)?.dtype === "float64" && x.data instanceof Float64Array;
}
