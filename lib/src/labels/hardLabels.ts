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
  const oneHot = np.reshape(t, [rows, classes]);
  const found = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = onlyOne(oneHot, row, classes);
    if (label === undefined) return undefined;
    found[row] = label;
  }
  return found;
}

function onlyOne({ data, offset, strides }: NDArray, row: number, classes: number): number | undefined {
  let label: number | undefined;
  for (let k = 0, at = offset + row * strides[0]; k < classes; k++, at += strides[1]) {
    if (data[at] === 0) continue;
    if (data[at] !== 1 || label !== undefined) return undefined;
    label = k;
  }
  return label;
}
