export { interruptChildren, isOfInterruptedChild } from "./children";
export { GATE, installGate } from "./gate";
export { clearTimeout, queueMicrotask, setImmediate, setTimeout } from "./hostTimers";
export { keepListener } from "./keptListeners";
export { endProcess, installExit, LINK, NODE_FLAGS, onParentDeath, PRESS, tellLauncher, type News } from "./lifetime";
export { log } from "./log";
export * from "./sharedWords";
export { hearSignals, SignalPresses } from "./signals";
