/** The parts of Jupyter's messages (protocol 5.3) that cells use. */

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** The sender of an execute request, who can be asked for input. */
export interface Origin {
  identities: Uint8Array[];
  header: Header;
}

/** Sends a message that belongs to one request to all front ends. */
export type Publish = (type: string, content: object) => void;

export type StreamName = "stdout" | "stderr";

export interface ExecuteRequest {
  code: string;
  silent: boolean;
  store_history: boolean;
  stop_on_error: boolean;
  allow_stdin: boolean;
  user_expressions: Record<string, string>;
}

export interface ExecuteReply {
  status: "ok" | "error" | "aborted";
  execution_count: number;
  [field: string]: unknown;
}
