import { reshape, type NDArray } from "../np";
import type { Slices } from "../platform";
import { Arena, ArenaFullError } from "../wasm";
import { fitsFusedForm, isReadable } from "./fit";
import { allocateNetwork, loadParams, type NetworkInArena } from "./network";
import type { FusedParams } from "./params";

/**
 * Runs `work` with params in a borrowed arena and with x as a batch: (N, D), where (D,) becomes one row. The result is
 * undefined, and the caller must use the plain form, if
 * - params share memory, or have other shapes or dtypes than those that TwoLayerNet makes,
 * - x has other columns than D, or no rows,
 * - the numbers do not fit into an arena, or the engine cannot run the routines.
 *
 * @param others - arrays that may not share memory with params either
 */
export function* withParams<T>(
  params: FusedParams,
  x: NDArray,
  others: readonly NDArray[],
  work: (arena: Arena, network: NetworkInArena, batch: NDArray) => Slices<T | undefined>,
): Slices<T | undefined> {
  if (![x, ...others].every(isReadable) || !fitsFusedForm(params, [x, ...others])) return undefined;
  const batch = x.ndims === 1 ? reshape(x, [1, -1]) : x;
  if (batch.ndims !== 2 || batch.shape[0] === 0 || batch.shape[1] !== params.W1.shape[0]) return undefined;
  const arena = Arena.borrow();
  if (arena === undefined) return undefined;
  try {
    const network = allocateNetwork(arena, params);
    loadParams(arena, network, params);
    return yield* work(arena, network, batch);
  } catch (error) {
    if (error instanceof ArenaFullError) return undefined;
    throw error;
  } finally {
    arena.release();
  }
}
