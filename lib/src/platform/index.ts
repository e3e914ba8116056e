export type { Cell } from "./cell";
export { endIfInterrupted, interruptSignal, KeyboardInterrupt, listen, runningCell } from "./interrupt";
export { afterThisTurn, Turns, type Pauses } from "./turn";
