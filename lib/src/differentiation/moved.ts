import { afterThisTurn } from "../platform";

/** An element of an array that is changed for a short time, and the value that it must get back. */
export interface Moved {
  readonly data: Float64Array;
  readonly position: number;
  readonly value: number;
}

/**
 * The elements that are changed now, in the order of the changes. The code that changes an element restores it. But if
 * a kernel terminates that code, its `finally` does not run; so all elements that are still changed are restored in the
 * next turn of the event loop.
 */
const moved: Moved[] = [];
let watching = false;

/** Must be called before the element is changed. */
export function willMove(element: Moved): void {
  if (!watching) afterThisTurn(putAllBack);
  watching = true;
  moved.push(element);
}

/** Restores the element that was changed last. */
export function putBack(): void {
  const { data, position, value } = moved[moved.length - 1];
  data[position] = value;
  moved.pop(); // last: if the kernel terminates this code before it, putAllBack restores the element again
}

function putAllBack(): void {
  watching = false;
  while (moved.length > 0) putBack();
}
