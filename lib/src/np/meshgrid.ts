import { checkOptions, got } from "../checks";
import { asArray } from "./asArray";
import { copyOf } from "./create";
import { isNDArray, wrap } from "./ndarray";
import type { NDArray, Operand } from "./ndarray";
import { ravel } from "./axes";
import { tuple } from "./tuple";

/** Whether the first array runs along the second axis, as x does in a plane ("xy"), or along the first ("ij"). */
export interface MeshgridOptions {
  readonly indexing?: "xy" | "ij";
}

/**
 * The coordinates of every point of a grid, as `np.meshgrid`: of x (n,) and y (m,) two arrays of shape (m,n).
 * @param axes - the values along each axis, and at the end options: `indexing`: "xy", the default, or "ij", with which
 *   the shape is (n,m)
 * @returns a tuple of an array for each axis
 * @remarks No `sparse` and no `copy`.
 * @throws TypeError for a value that is not a number, or another indexing
 * @example np.meshgrid([1, 2], [3, 4])[0]; // array([[1., 2.], [1., 2.]])
 * @example np.meshgrid([1, 2], [3, 4])[1]; // array([[3., 3.], [4., 4.]])
 */
export function meshgrid(...axes: Operand[]): readonly NDArray[];
export function meshgrid(...axes: [...Operand[], MeshgridOptions]): readonly NDArray[];
export function meshgrid(...given: (Operand | MeshgridOptions)[]): readonly NDArray[] {
  const last = given[given.length - 1];
  const options = isOptions(last) ? last : {};
  const turned = readIndexing(options) === "xy" && given.length - Number(isOptions(last)) > 1;
  const lines = (isOptions(last) ? given.slice(0, -1) : given).map((line, k) =>
    ravel(asArray("meshgrid", line as Operand, `axes[${k}]`)),
  );
  // for each array, which axis of the result it varies along
  const positions = lines.map((_, k) => (turned && k < 2 ? 1 - k : k));
  const shape = positions.map((k) => lines[k].length);
  return tuple(
    ...lines.map(({ dtype, data, strides, offset }, own) => {
      const steps = positions.map((k) => (k === own ? strides[0] : 0));
      return copyOf("meshgrid", wrap(dtype, data, shape, steps, offset));
    }),
  );
}

function isOptions(value: unknown): value is MeshgridOptions {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !isNDArray(value)
  );
}

function readIndexing(options: MeshgridOptions): "xy" | "ij" {
  checkOptions("meshgrid", options, ["indexing"]);
  const { indexing = "xy" } = options;
  if (indexing === "xy" || indexing === "ij") return indexing;
  throw new TypeError(`${got("meshgrid", "indexing", indexing)}: wanted "xy" or "ij"`);
}
