import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";

/**
 * This thread's end of a channel whose other end another thread holds. The channel closes with that thread, however it
 * ends, and that can be seen while this thread gives the event loop no turn: a closed port cannot be transferred.
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

  /** What the thread told last of what went wrong, once. */
  takeError(): unknown {
    this.read();
    const { told } = this;
    this.told = undefined;
    return told;
  }

  // the news that the other end is closed stand behind the messages
  private read(): void {
    const next = () => receiveMessageOnPort(this.port);
    for (let received = next(); received; received = next()) this.told = received.message;
  }
}
