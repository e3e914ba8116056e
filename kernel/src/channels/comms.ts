import type { Handler } from "./server";

/**
 * Handles comm messages, which Jupyter's widgets use. This kernel has no targets, so an opened comm is closed at once,
 * as the protocol demands. It relies on nothing of tslab.
 */
export const commHandlers: Record<string, Handler> = {
  comm_info_request: () => ({ status: "ok", comms: {} }),
  comm_open: ({ comm_id }, publish) => publish("comm_close", { comm_id, data: {} }),
  comm_msg: () => {},
  comm_close: () => {},
};
