import { addRows } from "./addRows";
import { countRight } from "./crossEntropy";
import { dgemmScratch } from "./dgemm";
import { logits, Network } from "./network";

/** Rows of one chunk: their hidden units stay in the second-level cache, and a thread's turn is short. */
const CHUNK_ROWS: i32 = 256;

/**
 * Counts the right rows of one chunk of sparse rows into counts[chunk]. A thread takes chunk after chunk.
 *
 * @param starts, table - as compress makes them, `total` rows
 * @param workspace - evaluateSpace(network) bytes for each thread
 */
export function evaluateChunk(
  chunk: i32, thread: i32, network: Network, starts: usize, table: usize, labels: usize, total: i32, counts: usize, workspace: usize,
): void {
  const first = chunk * CHUNK_ROWS, n = min(CHUNK_ROWS, total - first);
  const z = workspace + <usize>thread * evaluateSpace(network);
  const y = z + <usize>CHUNK_ROWS * network.hiddenStride;
  const scratch = y + <usize>CHUNK_ROWS * network.classStride;
  let start = starts + (<usize>first << 2), out = z;
  for (let i = 0; i < n; i++, start += 4, out += network.hiddenStride) {
    addRows(load<u32>(start), load<u32>(start, 4), table, network.W1, network.hiddenStride, network.b1, out);
  }
  logits(network, n, z, y, scratch);
  store<i32>(counts + (<usize>chunk << 2), countRight(y, labels + (<usize>first << 2), n, network.classes, network.classStride));
}

/** Into how many chunks `rows` rows fall. */
export function evaluateChunks(rows: i32): i32 {
  return (rows + CHUNK_ROWS - 1) / CHUNK_ROWS;
}

export function evaluateSpace(network: Network): usize {
  return <usize>CHUNK_ROWS * (network.hiddenStride + network.classStride) + dgemmScratch(network.classes);
}
