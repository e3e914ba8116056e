export { Arena, ArenaFullError, idleArena, withArena } from "./arena";
export type { Pointer, Routines } from "./routines";
export { runChunks, threadCount } from "./threads";
