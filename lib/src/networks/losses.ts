import { readLabels, readOneHot } from "../labels";
import * as np from "../np";
import { asArray, cast, shapeText, wrap, type ArrayOrLists } from "../np/internal";

// keeps the logarithm finite if the probability of a class is 0
const OFFSET = 1e-7;

/**
 * `1/2 sum (y - t)^2`, over all rows of a batch together. Book, section 4.2.1.
 *
 * @param y - (K,) outputs of one sample, or (N, K) of a batch
 * @param t - one-hot of the same shape, or one label for each row
 * @returns the error, 0 or more: the sum over the rows, not their mean
 * @throws TypeError when y or t is no array
 * @throws RangeError when the shapes do not fit or a label is out of range
 * @example
 * sumSquaredError(np.array([0.1, 0.6, 0.3]), np.array([0, 1, 0])); // 0.13
 */
export function sumSquaredError(y: ArrayOrLists, t: ArrayOrLists | number): number {
  const given = asArray("sumSquaredError", y, "y");
  // booleans cannot be subtracted
  const outputs = given.dtype === "bool" ? cast("sumSquaredError", given, "float64") : given;
  return 0.5 * np.sum(np.square(np.subtract(outputs, readOneHot("sumSquaredError", outputs.shape, t))));
}

/**
 * `-1/N sum t log(y + 1e-7)`: the mean over a batch of minus the logarithm of the right class's probability. It is
 * small when the right classes have high probabilities. Book, sections 4.2.2 to 4.2.4.
 *
 * @param probabilities - y: (K,) of one sample, or (N, K) of a batch
 * @param t - one-hot of the same shape, or one label for each row
 * @returns the mean over the rows
 * @throws TypeError when y or t is no array
 * @throws RangeError when the shapes do not fit, the batch is empty, or a label is out of range
 * @example
 * crossEntropyError(np.array([0.1, 0.6, 0.3]), 1); // 0.510825457099338
 */
export function crossEntropyError(probabilities: ArrayOrLists, t: ArrayOrLists | number): number {
  return crossEntropyFor("crossEntropyError", probabilities, t);
}

/** Does the work of crossEntropyError; error messages begin with `caller`, the function that the user called. */
export function crossEntropyFor(caller: string, probabilities: ArrayOrLists, t: ArrayOrLists | number): number {
  const y = asArray(caller, probabilities, "y");
  const labels = readLabels(caller, y.shape, t);
  const rows = y.ndims === 2 ? y.shape[0] : 1;
  if (rows === 0) throw new RangeError(`${caller}: y of shape ${shapeText(y.shape)}: wanted at least one row`);
  const picked = labels ? np.at(np.reshape(y, [rows, -1]), np.arange(rows), wrap("int32", labels, [rows])) : y;
  const logs = np.log(np.add(picked, OFFSET));
  return -np.sum(labels ? logs : np.multiply(logs, np.reshape(t as ArrayOrLists, y.shape))) / rows;
}
