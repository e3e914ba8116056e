import type { NDArray } from "./ndarray";

/** The length of the buffers through which a Reader converts elements. */
export const BLOCK = 4096;

/**
 * Gives the elements of an operand in row-major order, or its single element (step 0), in float64. Other dtypes
 * go block by block through a buffer that stays in the cache; a copy of the whole operand would take memory of its own.
 */
export class Reader {
  readonly data: Float64Array;
  /** As many elements as one call of `read` can give. */
  readonly most: number;
  private readonly converts: boolean;

  constructor(
    private readonly x: NDArray,
    private readonly step: number,
    block: Float64Array,
  ) {
    this.converts = x.dtype !== "float64";
    this.data = this.converts ? block : (x as NDArray<"float64">).data;
    this.most = this.converts && step !== 0 ? BLOCK : Infinity;
  }

  /** Where in `data` the `count` elements from `start` on begin. */
  read(start: number, count: number): number {
    const { data, offset } = this.x;
    if (!this.converts) return offset + start * this.step;
    if (this.step === 0) this.data[0] = data[offset];
    else this.data.set(data.subarray(offset + start, offset + start + count));
    return 0;
  }
}
