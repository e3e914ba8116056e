import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";

/**
 * One port of a channel whose other port belongs to another thread. When that thread ends, for any reason, the channel
 * closes. This thread can see that without returning to the event loop: a closed port cannot be transferred.
 */
export class Lifeline {
  private told: unknown;

  constructor(private port: MessagePort) {}

  get alive(): boolean {
    this.read();
    try {
      this.port = structuredClone(this.port, { transfer: [this.port] });
      return true;
    } catch {
      return false;
    }
  }

  /** The last error that the thread has sent; each error is returned only once. */
  takeError(): unknown {
    this.read();
    const { told } = this;
    this.told = undefined;
    return told;
  }

  // all messages must be read first: the event that the other port is closed is queued after them
  private read(): void {
    const next = () => receiveMessageOnPort(this.port);
    for (let received = next(); received; received = next()) this.told = received.message;
  }
}
