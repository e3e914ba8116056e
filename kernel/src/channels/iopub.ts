import { inspect } from "node:util";
import type { Publisher } from "zeromq";
import { waitFor } from "../cells";
import { setTimeout } from "../process";
import type { Frame } from "./wire";

/**
 * The outgoing queue of the iopub socket. It loses nothing: if a cell prints faster than clients read, the cell waits.
 * Only a client that has read nothing for five seconds loses messages, so that the other clients can continue: then
 * messages are sent without it, slowly enough for the others. It relies on two properties of zeromq.js: with
 * `sendTimeout` 0 it tries to send at once (otherwise it allows 512 messages a turn and then throws EBUSY), and with
 * `noDrop` it rejects when the socket's own queue is full.
 */

const SOCKET_MESSAGES = 1000;
const LARGEST_BACKLOG = 128 * 1024 * 1024; // characters
const RETRY = 5; // milliseconds
const LONGEST_BLOCK = 5000; // milliseconds
// While a client does not read, at most this is sent to the others in each PACE.
const PACE = 50; // milliseconds
const PACE_MESSAGES = 200;
const PACE_SIZE = 1024 * 1024; // characters

interface Waiting {
  frames: Frame[];
  size: number;
}

/** An interrupt may terminate these methods at any function call, so the fields are consistent at each call. */
export class Iopub {
  private backlog: Waiting[] = [];
  private first = 0;
  private backlogSize = 0;
  private attempt: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** The time since which no message could be sent to all clients. */
  private blockedSince: number | undefined;
  private paced = { until: 0, messages: 0, size: 0 };
  private readonly clock = new Int32Array(new SharedArrayBuffer(4));

  constructor(private readonly socket: Publisher) {
    socket.sendTimeout = 0;
    socket.sendHighWaterMark = SOCKET_MESSAGES;
    socket.noDrop = true;
    socket.linger = 1000;
  }

  /** Adds a message, which pump() sends. */
  enqueue(frames: Frame[]): void {
    const size = frames.reduce((sum, frame) => sum + frame.length, 0);
    this.backlog.push({ frames, size });
    this.backlogSize += size;
  }

  /** Sends what can be sent, and blocks while too much is left. */
  pump(): void {
    this.drain();
    while (this.backlogSize > LARGEST_BACKLOG) {
      waitFor(this.clock, 0, 0, RETRY);
      this.drain();
    }
    this.retryLater();
  }

  private drain(): void {
    while (this.first < this.backlog.length) {
      const { frames, size } = this.backlog[this.first];
      if (this.sentToAll(frames)) this.blockedSince = undefined;
      else if (!this.sentToOthers(frames, size)) return;
      this.attempt = undefined;
      this.backlogSize -= size;
      this.backlog[this.first++].frames = [];
    }
    this.backlog = [];
    this.first = 0;
  }

  private sentToAll(frames: Frame[]): boolean {
    this.attempt ??= this.socket.send(frames);
    if (!isRejected(this.attempt)) return true;
    this.attempt = undefined;
    return false;
  }

  private sentToOthers(frames: Frame[], size: number): boolean {
    const now = performance.now();
    this.blockedSince ??= now;
    if (now - this.blockedSince < LONGEST_BLOCK || !this.hasPace(now, size)) return false;
    this.socket.noDrop = false;
    this.attempt = this.socket.send(frames);
    this.socket.noDrop = true;
    return true;
  }

  private hasPace(now: number, size: number): boolean {
    if (now >= this.paced.until) this.paced = { until: now + PACE, messages: 0, size: 0 };
    if (this.paced.messages >= PACE_MESSAGES || this.paced.size >= PACE_SIZE) return false;
    this.paced.messages++;
    this.paced.size += size;
    return true;
  }

  private retryLater(): void {
    if (this.backlog.length === 0 || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.drain();
      this.retryLater();
    }, RETRY);
  }
}

// The promise is already settled when send returns, but only inspect() shows its state in the same turn.
function isRejected(sent: Promise<void>): boolean {
  sent.catch(() => {});
  return inspect(sent, { depth: 0 }).includes("<rejected>");
}
