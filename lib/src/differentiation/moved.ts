import { afterThisTurn } from "../platform";

/**
 * The elements that are moved at this moment, in the order in which they were. Each is put back by who moved it; but code
 * that a kernel terminates runs no `finally`, so what is still moved when the event loop turns is put back then.
 */
const moved: { readonly data: Float64Array; readonly place: number; readonly value: number }[] = [];
let watching = false;

/** Calls `work`, which may move the element, and puts it back. */
export function puttingBack<T>(data: Float64Array, place: number, work: () => T): T {
  if (!watching) afterThisTurn(putAllBack);
  watching = true;
  moved.push({ data, place, value: data[place] });
  try {
    return work();
  } finally {
    putBack();
  }
}

function putAllBack(): void {
  watching = false;
  while (moved.length > 0) putBack();
}

// it leaves the list last: a termination before that puts it back once more
function putBack(): void {
  const { data, place, value } = moved[moved.length - 1];
  data[place] = value;
  moved.pop();
}
