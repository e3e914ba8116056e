/**
 * Copies a panel of B: for each of k rows, `vectors` pairs of columns starting at b, one after the other. In B, rows
 * are `rowStep` and columns `columnStep` bytes apart.
 */
export function packPanel(k: i32, vectors: i32, b: usize, rowStep: usize, columnStep: usize, panel: usize): void {
  for (let row = 0; row < k; row++) {
    let p = b;
    for (let v = 0; v < vectors; v++) {
      if (columnStep == 8) v128.store(panel, v128.load(p));
      else {
        store<f64>(panel, load<f64>(p));
        store<f64>(panel, load<f64>(p + columnStep), 8);
      }
      p += 2 * columnStep;
      panel += 16;
    }
    b += rowStep;
  }
}

/** Copies a block of A from column-major to row-major order, because `tile` reads rows. */
export function packRows(rows: i32, k: i32, a: usize, columnStep: usize, block: usize): void {
  const rowBytes = <usize>k << 3;
  for (let q: usize = 0; q < rowBytes; q += 8) {
    let p = block + q;
    for (let i: usize = 0; i < <usize>rows << 3; i += 8) {
      store<f64>(p, load<f64>(a + i));
      p += rowBytes;
    }
    a += columnStep;
  }
}

/** Copies a block of A that is in row-major order, so that no bytes lie between its rows. */
export function copyRows(rows: i32, k: i32, a: usize, rowStep: usize, block: usize): void {
  const rowBytes = <usize>k << 3;
  for (let i = 0; i < rows; i++, a += rowStep, block += rowBytes) memory.copy(block, a, rowBytes);
}
