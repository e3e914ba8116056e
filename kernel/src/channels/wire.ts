import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { Header } from "../cells";
import type { Connection } from "../node";

/** Converts between Jupyter's messages (protocol 5.3) and their signed frames. */

export interface Message<Content = Record<string, unknown>> {
  identities: Buffer[];
  header: Header;
  parent: Partial<Header>;
  content: Content;
}

export type Frame = Buffer | string;

/** The part of a ZeroMQ socket that a reply needs. */
export interface Sender {
  send(frames: Frame[]): unknown;
}

/** The ZeroMQ address of a port. With the transport ipc, the port is part of a file name. */
export function address({ transport, ip }: Connection, port: number): string {
  return `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${port}`;
}

const DELIMITER = "<IDS|MSG>";
const SESSION = randomUUID();

/**
 * Reads one message. Throws when the delimiter is missing, the signature is wrong, a part is not JSON or the header has
 * no type. What stands behind the content are buffers, which are not signed and which this kernel does not use.
 */
export function decode(key: string, frames: Buffer[]): Message {
  const at = frames.findIndex((frame) => frame.toString() === DELIMITER);
  if (at < 0 || frames.length < at + 6)
    throw new Error(`decode: ${frames.length} frames without a whole Jupyter message`);
  const body = frames.slice(at + 2, at + 6);
  if (key && !sameText(frames[at + 1].toString(), sign(key, body)))
    throw new Error("decode: the signature does not fit the message");
  const [header, parent, , content] = body.map((part) => JSON.parse(part.toString()));
  if (typeof header?.msg_type !== "string") throw new Error("decode: a header without msg_type");
  return { identities: frames.slice(0, at), header, parent, content };
}

/**
 * The signed frames of a message in reply to `parent`, after the routing prefix `identities`. Throws if JSON cannot
 * represent the content.
 */
export function encode(key: string, identities: Frame[], parent: Header, type: string, content: object): Frame[] {
  const header: Header = {
    msg_id: randomUUID(),
    msg_type: type,
    session: SESSION,
    username: parent.username,
    date: new Date().toISOString(),
    version: "5.3",
  };
  const body = [header, parent, {}, content].map((part) => wellFormed(JSON.stringify(part)));
  return [...identities, DELIMITER, key ? sign(key, body) : "", ...body];
}

/**
 * Replaces unpaired surrogates by U+FFFD. JSON.stringify writes only unpaired ones as escapes such as \\ud83d. Tools
 * written in Python cannot save a notebook that contains one.
 */
function wellFormed(json: string): string {
  if (!json.includes("\\ud")) return json;
  return json.replace(/\\(?:ud[89a-f][0-9a-f]{2}|.)/g, (escape) => (escape.startsWith("\\ud") ? "\ufffd" : escape));
}

function sign(key: string, parts: Frame[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
