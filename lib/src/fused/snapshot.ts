import * as np from "../np";
import { PARAM_NAMES, type FusedParams } from "./params";

/** Tells whether params are still the arrays that they were, with the same numbers. */
export class Snapshot {
  private readonly arrays: FusedParams;
  private readonly values: FusedParams;

  constructor(params: FusedParams) {
    const { W1, b1, W2, b2 } = params;
    this.arrays = { W1, b1, W2, b2 };
    this.values = { W1: np.copy(W1), b1: np.copy(b1), W2: np.copy(W2), b2: np.copy(b2) };
  }

  isOf(params: FusedParams): boolean {
    return PARAM_NAMES.every((name) => params?.[name] === this.arrays[name] && this.holds(name));
  }

  private holds(name: keyof FusedParams): boolean {
    const now = np.copy(this.arrays[name]).data;
    return this.values[name].data.every((value, i) => Object.is(value, now[i]));
  }
}
