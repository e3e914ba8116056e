import { numericDType } from "./arithmetic";
import type { BinaryFunction } from "./arithmetic";
import { asArray } from "./asArray";
import { cast } from "./cast";
import { binary, operandDType } from "./elementwise";
import * as loops from "./loops";
import type { NDArray, Operand } from "./ndarray";

/**
 * `a` to the power of `b`, as `np.power`; of integers an integer.
 * @remarks V8's Math.pow: within 2 ulp of NumPy's value. Of truths int32, where NumPy gives int8.
 * @throws RangeError for integers to a power below 0, and when the shapes do not broadcast; TypeError when `out`
 *   cannot hold the result
 * @example np.power([1, 2, 3], 2); // array([1., 4., 9.])
 */
export const power = ((a: Operand, b: Operand, options?: { out?: NDArray }) => {
  if (typeof a === "object" || typeof b === "object") checkExponents(a, b);
  return powerOf(a, b, options);
}) as BinaryFunction;

const powerOf = binary("power", loops.power, numericDType, loops.wholePower);

/** An int32 holds no power below 0. */
function checkExponents(a: Operand, b: Operand): void {
  const x = asArray("power", a),
    y = asArray("power", b);
  if (numericDType(operandDType(a, x), operandDType(b, y)) === "float64") return;
  const below = cast("power", y, "float64").data.find((exponent) => exponent < 0);
  if (below === undefined) return;
  throw new RangeError(`power: integers to the power ${below}: wanted exponents from 0, or floats`);
}
