import { StringDecoder } from "node:string_decoder";
import { installConsole } from "./console";

/**
 * What cells print and display, in order and whole. Text is sent as it comes, for its cell may go on to hold the thread.
 * Much of it is gathered before it is sent, because a message a line is more than zeromq.js sends in one turn and more
 * than Jupyter's server lets through in a second.
 * It relies on tslab's public display functions going through the `lastWriteDisplayData` slot of tslab/dist/jupyter.js.
 */

export type StreamName = "stdout" | "stderr";
export type Publish = (type: string, content: object) => void;
export type WriteDisplay = (data: object, update?: boolean) => void;

const SENT_AT_ONCE = 100; // messages of a cell; each LONGEST_WAIT gives one back
const LONGEST_WAIT = 50; // milliseconds
const LARGEST_TEXT = 65_536; // characters

export class Output {
  private publish: Publish = () => {};
  private name: StreamName = "stdout";
  private parts: string[] = [];
  private size = 0;
  private credit = SENT_AT_ONCE;
  private counted = performance.now();
  private timer: NodeJS.Timeout | undefined;

  /** Takes over stdout and stderr of the process and tslab's display slot. `pump` sends what has been published. */
  constructor(
    jupyter: object,
    private readonly pump: () => void,
  ) {
    process.stdout.write = this.writer("stdout");
    process.stderr.write = this.writer("stderr");
    installConsole((name, text) => this.write(name, text));
    const display: WriteDisplay = (data, update) => this.display(data, update);
    Object.assign(jupyter, { lastWriteDisplayData: display });
  }

  /** From now on output belongs to the request that `publish` answers. */
  attach(publish: Publish): void {
    this.flush();
    this.publish = publish;
    this.credit = SENT_AT_ONCE;
  }

  write(name: StreamName, text: string): void {
    if (name !== this.name) this.flush();
    this.name = name;
    this.parts.push(text);
    this.size += text.length;
    if (this.size >= LARGEST_TEXT || this.hasCredit()) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), LONGEST_WAIT);
  }

  display(data: object, update = false): void {
    this.flush();
    this.publish(update ? "update_display_data" : "display_data", data);
    this.pump();
  }

  /** Sends what is gathered. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.size === 0) return;
    // An interrupt may come at any call: between publishing and forgetting there is none.
    this.publish("stream", { name: this.name, text: this.parts.join("") });
    this.parts = [];
    this.size = 0;
    this.credit = Math.max(0, this.credit - 1);
    this.pump();
  }

  private hasCredit(): boolean {
    const now = performance.now();
    this.credit = Math.min(SENT_AT_ONCE, this.credit + (now - this.counted) / LONGEST_WAIT);
    this.counted = now;
    return this.credit >= 1;
  }

  private writer(name: StreamName): typeof process.stdout.write {
    const decoder = new StringDecoder("utf8");
    return (chunk: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean => {
      this.write(name, typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk)));
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") process.nextTick(done as () => void);
      return true;
    };
  }
}
