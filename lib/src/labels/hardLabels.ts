import * as np from "../np";
import type { NDArray } from "../np";
import { readLabels } from "./targets";

/**
 * The labels that t (N,) or one-hot t (N, K) stands for; undefined where its rows are not each a single 1 among zeros,
 * for then no label says the same.
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

/** Where the single 1 among zeros stands. */
function onlyOne(values: NDArray["data"]): number | undefined {
  let label: number | undefined;
  for (let k = 0; k < values.length; k++) {
    if (values[k] === 0) continue;
    if (values[k] !== 1 || label !== undefined) return undefined;
    label = k;
  }
  return label;
}
