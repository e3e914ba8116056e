export type { Cell } from "./cell";
export { NotAFile, type Host, type Load, type Pixels, type Raster, type Thread } from "./host";
export { endIfInterrupted, interruptSignal, KeyboardInterrupt, listen, runningCell } from "./interrupt";
export { host } from "./node";
export { DONE, finish, inTurns, type Slices } from "./slices";
export { afterThisTurn, Turns, type Pauses } from "./turn";
