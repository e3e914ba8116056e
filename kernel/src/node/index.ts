export { installTimers } from "./cellTimers";
export { installChildOutput } from "./childOutput";
export { rememberKernelModules } from "./halfLoaded";
export { nodeHost } from "./host";
export { installOwnModules, updateModules } from "./moduleLoader";
export { installStreams } from "./streams";
export { loadTslab, missingParts, WANTED_TSLAB, type Tslab } from "./tslab";
export { CellExecutor } from "./tslabExecutor";
export type { Connection, JupyterModule, ZmqServer } from "./tslabInternals";
