export { commHandlers } from "./comms";
export type { ControlThread } from "./control";
export { Input } from "./input";
export { KernelServer, type Handler } from "./server";
