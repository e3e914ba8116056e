import * as np from "../np";
import type { NDArray } from "../np";
import { readLabels } from "./targets";

/**
 * The class labels of t (N,) or of one-hot t (N, K). Undefined if a row of t is not a single 1 among zeros, because
 * then no label is equivalent to the row.
 *
 * @throws RangeError, in the caller's name, when the shapes do not fit or a label is out of range
 */
export function hardLabels(caller: string, rows: number, classes: number, t: NDArray): Int32Array | undefined {
  const labels = readLabels(caller, [rows, classes], t);
  if (labels !== undefined) return labels;
  const { data } = np.copy(np.reshape(t, [rows, classes]));
  const found = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = onlyOne(data.subarray(row * classes, (row + 1) * classes));
    if (label === undefined) return undefined;
    found[row] = label;
  }
  return found;
}

/** The index of the single 1 among zeros; undefined if the values are not one-hot. */
function onlyOne(values: NDArray["data"]): number | undefined {
  let label: number | undefined;
  for (let k = 0; k < values.length; k++) {
    if (values[k] === 0) continue;
    if (values[k] !== 1 || label !== undefined) return undefined;
    label = k;
  }
  return label;
}
