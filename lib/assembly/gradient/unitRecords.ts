import { Differentiation, RECORD_BYTES } from "../layouts";

/** The records for FAR, where the series of lossSeries is not accurate: the unit's value, then the unit's input. */

/** Must be called while d.z still holds the units' inputs. */
export function keepUnitInputs(d: Differentiation, first: i32, end: i32): void {
  keep(d, first, end, 16);
}

/** Must be called after d.z has become the units' values. */
export function keepUnits(d: Differentiation, first: i32, end: i32): void {
  keep(d, first, end, 0);
}

function keep(d: Differentiation, first: i32, end: i32, field: usize): void {
  const stride = d.network.hiddenStride;
  for (let j: usize = 0, records = d.records + field; j < stride; j += 16, records += <usize>d.samples * RECORD_BYTES) {
    let record = records + <usize>first * RECORD_BYTES;
    for (let s = <usize>first; s < <usize>end; s++, record += RECORD_BYTES) {
      v128.store(record, v128.load(d.z + s * stride + j));
    }
  }
}
