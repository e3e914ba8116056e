import { Differentiation, RECORD_BYTES } from "../layouts";

/** In place of lossSeries' records, where h moves units too far for a series: the unit's value, then its input. */

/** While d.z still holds the inputs. */
export function keepUnitInputs(d: Differentiation, first: i32, end: i32): void {
  keep(d, first, end, 16);
}

export function keepUnits(d: Differentiation, first: i32, end: i32): void {
  keep(d, first, end, 0);
}

function keep(d: Differentiation, first: i32, end: i32, place: usize): void {
  const stride = d.network.hiddenStride;
  for (let j: usize = 0, records = d.records + place; j < stride; j += 16, records += <usize>d.samples * RECORD_BYTES) {
    let record = records + <usize>first * RECORD_BYTES;
    for (let s = <usize>first; s < <usize>end; s++, record += RECORD_BYTES) {
      v128.store(record, v128.load(d.z + s * stride + j));
    }
  }
}
