import { Differentiation, RECORD_BYTES } from "../layouts";

/** In place of lossSeries' records, where h moves units too far for a series: the unit's value, then its input. */

/** While d.z still holds the inputs. */
export function keepUnitInputs(d: Differentiation): void {
  keep(d, 16);
}

export function keepUnits(d: Differentiation): void {
  keep(d, 0);
}

function keep(d: Differentiation, place: usize): void {
  const stride = d.network.hiddenStride;
  let record = d.records + place;
  for (let j: usize = 0; j < stride; j += 16) {
    for (let s: usize = 0; s < <usize>d.samples; s++, record += RECORD_BYTES) v128.store(record, v128.load(d.z + s * stride + j));
  }
}
