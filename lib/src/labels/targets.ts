import { checkWhole } from "../checks";
import * as np from "../np";
import { asArray, shapeText, type ArrayOrLists, type NDArray } from "../np/internal";

/**
 * The class labels in t, for predictions of `shape` (K,) or (N, K).
 *
 * @param targets - t: one whole number from 0 to K - 1 for each row, or one-hot rows: an array of the shape of the
 * predictions
 * @returns the labels, or undefined where t is one-hot
 * @throws TypeError, in the caller's name, when t is no array or number
 * @throws RangeError, in the caller's name, when the shapes do not fit or a label is out of range
 */
export function readLabels(
  caller: string,
  shape: readonly number[],
  targets: ArrayOrLists | number,
): Int32Array | undefined {
  const t = asArray(caller, targets, "t");
  if (shape.length !== 1 && shape.length !== 2)
    throw new RangeError(`${caller}: y of shape ${shapeText(shape)}: wanted (K,) or (N,K)`);
  const classes = shape[shape.length - 1];
  const rows = shape.length === 2 ? shape[0] : 1;
  const given = t.shape;
  if (isOneHot(shape, given, classes, rows)) return undefined;
  if (given.length > 1 || (given[0] ?? 1) !== rows) {
    throw new RangeError(
      `${caller}: y of shape ${shapeText(shape)} and t of shape ${shapeText(given)}: ` +
        `wanted ${rows === 1 ? "a label" : `${rows} labels`} or one-hot ${shapeText(shape)}`,
    );
  }
  return checkedLabels(caller, t, classes);
}

/** As readLabels, but for one-hot rows it returns the index of each row's largest value. */
export function readClasses(caller: string, shape: readonly number[], t: ArrayOrLists | number): Int32Array {
  const labels = readLabels(caller, shape, t);
  if (labels !== undefined) return labels;
  return np.argmax(np.reshape(t as ArrayOrLists, [-1, shape[shape.length - 1]]), { axis: 1 }).data;
}

/** As readLabels, but converts labels into one-hot rows: an array of `shape`. */
export function readOneHot(caller: string, shape: readonly number[], t: ArrayOrLists | number): NDArray {
  const labels = readLabels(caller, shape, t);
  if (labels === undefined) return np.reshape(t as ArrayOrLists, shape);
  const rows = np.zeros(shape);
  const classes = shape[shape.length - 1];
  labels.forEach((label, row) => {
    rows.data[row * classes + label] = 1;
  });
  return rows;
}

/**
 * A one-hot t normally has the shape of the predictions. For a single row, t may also have K elements in another shape,
 * such as (K,) for (1,K), unless K is 1, because then one element is a label.
 */
function isOneHot(shape: readonly number[], given: readonly number[], classes: number, rows: number): boolean {
  if (given.length === shape.length) return given.every((size, axis) => size === shape[axis]);
  const count = given.reduce((product, size) => product * size, 1);
  return rows === 1 && classes > 1 && given.length > 0 && count === classes;
}

/** The labels of t, which has one axis or none. */
function checkedLabels(caller: string, { data, strides, offset, length }: NDArray, classes: number): Int32Array {
  const labels = new Int32Array(length);
  for (let row = 0, at = offset; row < length; row++, at += strides[0]) {
    const value = data[at];
    labels[row] = value;
    if (labels[row] !== value || value < 0 || value >= classes) checkWhole(caller, `t[${row}]`, value, 0, classes - 1);
  }
  return labels;
}
