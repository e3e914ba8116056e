import { cast } from "./cast";
import { allocate, wrap } from "./ndarray";
import type { NDArray } from "./ndarray";

/** The indices of the elements that are not 0, one int32 array an axis, in row-major order. */
export function indicesOfTrue(caller: string, mask: NDArray): NDArray<"int32">[] {
  const lengths = mask.shape;
  const flags = cast(caller, mask, "bool").data;
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i];
  const positions = lengths.map(() => allocate(caller, "int32", count));
  for (let i = 0, next = 0; next < count; i++) {
    if (flags[i] === 0) continue;
    for (let axis = lengths.length - 1, rest = i; axis >= 0; rest = Math.floor(rest / lengths[axis]), axis--) {
      positions[axis][next] = rest % lengths[axis];
    }
    next++;
  }
  return positions.map((position) => wrap("int32", position, [count]));
}
