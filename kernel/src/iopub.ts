import { inspect } from "node:util";
import type { Publisher } from "zeromq";
import type { Frame } from "./wire";

/**
 * The outgoing queue of the iopub socket: loses nothing, and makes a cell that prints faster than it is read wait
 * instead of growing without bound. It relies on zeromq.js trying a send at once when `sendTimeout` is 0 (else it
 * allows 512 a turn and then throws EBUSY), and rejecting it when `noDrop` is set and the socket's own queue is full.
 */

const SOCKET_MESSAGES = 1000;
const LARGEST_BACKLOG = 128 * 1024 * 1024; // characters
const RETRY = 5; // milliseconds

interface Waiting {
  frames: Frame[];
  size: number;
}

/** An interrupt may end any of these methods at any call in it: what stands in the fields is whole all the same. */
export class Iopub {
  private backlog: Waiting[] = [];
  private first = 0;
  private backlogSize = 0;
  private attempt: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly clock = new Int32Array(new SharedArrayBuffer(4));

  constructor(private readonly socket: Publisher) {
    socket.sendTimeout = 0;
    socket.sendHighWaterMark = SOCKET_MESSAGES;
    socket.noDrop = true;
    socket.linger = 1000;
  }

  /** Takes a message over; pump() sends it. */
  enqueue(frames: Frame[]): void {
    const size = frames.reduce((sum, frame) => sum + frame.length, 0);
    this.backlog.push({ frames, size });
    this.backlogSize += size;
  }

  /** Sends what can be sent, and waits while too much is left. */
  pump(): void {
    this.drain();
    while (this.backlogSize > LARGEST_BACKLOG) {
      Atomics.wait(this.clock, 0, 0, RETRY);
      this.drain();
    }
    this.retryLater();
  }

  private drain(): void {
    while (this.first < this.backlog.length) {
      this.attempt ??= this.socket.send(this.backlog[this.first].frames);
      if (isRejected(this.attempt)) {
        this.attempt = undefined;
        return;
      }
      this.attempt = undefined;
      this.backlogSize -= this.backlog[this.first].size;
      this.backlog[this.first++].frames = [];
    }
    this.backlog = [];
    this.first = 0;
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

// The promise is settled when send returns, but only inspect() tells its state in the same turn.
function isRejected(sent: Promise<void>): boolean {
  sent.catch(() => {});
  return inspect(sent, { depth: 0 }).includes("<rejected>");
}
