import { checkOptions, checkWhole, shapeText } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import type { ArrayOrLists, DType, NDArray, NestedList } from "./ndarray";
import { view } from "./slice";

/**
 * Parts of an array along one axis, as `np.split`.
 * @param x - an array, or nested lists
 * @param sections - how many equal parts, or a list of the places at which to cut
 * @param options - `axis`: along which axis, 0 by default; -1 is the last
 * @returns a list of views: writing into them writes into `x`
 * @throws RangeError when the axis does not divide into equal parts, or there is no such axis
 * @example np.split(np.arange(4), 2); // [array([0, 1]), array([2, 3])]
 * @example np.split(np.arange(4), [1])[1]; // array([1, 2, 3])
 */
export function split<T extends DType>(
  x: NDArray<T>,
  sections: number | readonly number[],
  options?: { axis?: number },
): NDArray<T>[];
export function split(x: NestedList, sections: number | readonly number[], options?: { axis?: number }): NDArray[];
export function split(
  x: ArrayOrLists,
  sections: number | readonly number[],
  options: { axis?: number } = {},
): NDArray[] {
  checkOptions("split", options, ["axis"]);
  const array = asArray("split", x);
  const { axis = 0 } = options;
  const along = normalizeAxis("split", axis, array.shape);
  const cuts = Array.isArray(sections) ? readCuts(sections) : equalCuts(array, along, sections as number);
  const before = array.shape.slice(0, along).map(() => ":");
  return [...cuts, undefined].map((end, i) =>
    view("split", array, [...before, `${i === 0 ? "" : cuts[i - 1]}:${end ?? ""}`]),
  );
}

function readCuts(positions: readonly number[]): readonly number[] {
  for (const position of positions) checkWhole("split", "position", position, -Number.MAX_SAFE_INTEGER);
  return positions;
}

function equalCuts(x: NDArray, axis: number, count: number): number[] {
  checkWhole("split", "sections", count, 1);
  const length = x.shape[axis];
  if (length % count !== 0) {
    throw new RangeError(
      `split: axis ${axis} of shape ${shapeText(x.shape)} into ${count} parts: wanted a divisor of ${length}`,
    );
  }
  return Array.from({ length: count - 1 }, (_, i) => ((i + 1) * length) / count);
}
