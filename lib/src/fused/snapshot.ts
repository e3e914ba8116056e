import * as np from "../np";
import { asMatrix } from "./matrix";
import { PARAM_NAMES, type FusedParams } from "./params";

/** A copy of params at one moment. It tells whether params are still the same arrays with the same numbers. */
export class Snapshot {
  private readonly arrays: FusedParams;
  private readonly values: FusedParams;

  constructor(params: FusedParams) {
    const { W1, b1, W2, b2 } = params;
    this.arrays = { W1, b1, W2, b2 };
    this.values = copiesOf(params);
  }

  /** New arrays with the copied values. */
  copies(): FusedParams {
    return copiesOf(this.values);
  }

  /** params += moved - (the copied values). */
  addDifference(moved: FusedParams, params: FusedParams): void {
    for (const name of PARAM_NAMES) {
      np.add(params[name], np.subtract(moved[name], this.values[name]), { out: params[name] });
    }
  }

  isOf(params: FusedParams): boolean {
    return PARAM_NAMES.every((name) => params?.[name] === this.arrays[name] && this.holds(name));
  }

  private holds(name: keyof FusedParams): boolean {
    const { data, step1, step2, offset } = asMatrix(this.arrays[name]);
    const values = this.values[name].data;
    const columns = this.arrays[name].shape.at(-1) ?? 1;
    // loops, because a call for each of a million weights would take longer than the step
    for (let start = offset, k = 0; k < values.length; start += step1) {
      for (let j = 0; j < columns; j++) if (!Object.is(values[k++], data[start + j * step2])) return false;
    }
    return true;
  }
}

function copiesOf({ W1, b1, W2, b2 }: FusedParams): FusedParams {
  return { W1: np.copy(W1), b1: np.copy(b1), W2: np.copy(W2), b2: np.copy(b2) };
}
