import { afterThisTurn } from "../platform";

/** An element of an array that is moved for a while, and the value that it is to have again. */
export interface Moved {
  readonly data: Float64Array;
  readonly place: number;
  readonly value: number;
}

/**
 * What is moved at this moment, in the order in which it was. Who moved it puts it back; but code that a kernel
 * terminates runs no `finally`, so what is still moved when the event loop turns is put back then.
 */
const moved: Moved[] = [];
let watching = false;

/** To be called before the element is moved. */
export function willMove(element: Moved): void {
  if (!watching) afterThisTurn(putAllBack);
  watching = true;
  moved.push(element);
}

/** Puts back what was moved last. */
export function putBack(): void {
  const { data, place, value } = moved[moved.length - 1];
  data[place] = value;
  moved.pop(); // last: a termination before this puts it back once more
}

function putAllBack(): void {
  watching = false;
  while (moved.length > 0) putBack();
}
