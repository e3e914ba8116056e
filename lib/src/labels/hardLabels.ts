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
  const { data, strides, offset } = np.reshape(t, [rows, classes]);
  const found = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = onlyOne(data, offset + row * strides[0], classes, strides[1]);
    if (label === NONE) return undefined;
    found[row] = label;
  }
  return found;
}

const NONE = -1;

/** The index of the single 1 among zeros; NONE if the values are not one-hot. */
function onlyOne(data: NDArray["data"], start: number, count: number, step: number): number {
  let label = NONE;
  for (let k = 0, at = start; k < count; k++, at += step) {
    if (data[at] === 0) continue;
    if (data[at] !== 1 || label !== NONE) return NONE;
    label = k;
  }
  return label;
}
