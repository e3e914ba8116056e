export { Arena, ArenaFullError, idleArena, withArena } from "./arena";
export type { Pointer } from "./layouts";
export type { Routines } from "./routines";
export { freeThreads, runChunks, runInSlices, threadCount } from "./threads";
