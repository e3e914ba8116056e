import { MessageChannel, receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { Readable } from "node:stream";
import { cellOfCode, waitFor, type Evaluator } from "../cells";
import { setImmediate } from "../process";
import type { Answer, ToWorker } from "./workerMessages";

/**
 * Lines of text from the user. `prompt()` blocks until a line comes; process.stdin, which readline reads, is a stream
 * of lines. The control thread has the stdin channel, so that an answer can arrive while the main thread is blocked.
 */

/** The index of the counter of answers, by which the control thread wakes the main thread. */
const ANSWERS = 0;

export class Input {
  private asked = 0;
  private readonly clock = new Int32Array(new SharedArrayBuffer(4));
  private readonly port: MessagePort;
  private readonly pending = new Map<number, (line: string | undefined) => void>();
  private stdin: Readable | undefined;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly post: (message: ToWorker, transfer?: MessagePort[]) => void,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.port.on("message", (answer: Answer) => this.take(answer));
    this.port.unref();
    post({ kind: "answers", port: port2, clock: this.clock }, [port2]);
    Object.assign(globalThis, { prompt: (text?: unknown, initial?: unknown) => this.prompt(text, initial) });
    Object.defineProperty(process, "stdin", { configurable: true, enumerable: true, get: () => this.stream() });
  }

  /** Like the prompt() of browsers, but the user cannot cancel. Throws if the front end allows no input. */
  private prompt(text: unknown = "", initial: unknown = ""): string {
    const answers: (string | undefined)[] = [];
    this.ask(String(text), (answer) => answers.push(answer));
    while (answers.length === 0) {
      const seen = Atomics.load(this.clock, ANSWERS);
      const received = receiveMessageOnPort(this.port) as { message: Answer } | undefined;
      if (received) this.take(received.message);
      else waitFor(this.clock, ANSWERS, seen);
    }
    const [line] = answers;
    if (line === undefined) throw unconnected();
    return line || String(initial);
  }

  private ask(prompt: string, answered: (line: string | undefined) => void): void {
    const origin = (cellOfCode() ?? this.evaluator.runningCell)?.origin;
    if (!origin)
      throw new Error(
        "prompt: the front end allows no input (allow_stdin is off): wanted one that does, as JupyterLab",
      );
    this.pending.set(++this.asked, answered);
    this.post({ kind: "ask", id: this.asked, origin, prompt });
  }

  private take({ id, text }: Answer): void {
    this.pending.get(id)?.(text);
    this.pending.delete(id);
  }

  private stream(): Readable {
    if (this.stdin === undefined || this.stdin.destroyed) this.stdin = this.newStream();
    return this.stdin;
  }

  // Asks only while the stream is being read, one line at a time, and never in advance.
  private newStream(): Readable {
    let wanted = false;
    const ask = () =>
      void setImmediate(() => {
        if (!wanted || stream.destroyed || stream.isPaused()) return;
        wanted = false;
        this.askLine(stream);
      });
    const read = () => {
      wanted = true;
      ask();
    };
    const stream: Readable = new Readable({ encoding: "utf8", highWaterMark: 0, read });
    return stream.on("resume", ask);
  }

  private askLine(stream: Readable): void {
    try {
      this.ask("", (line) => (line === undefined ? stream.destroy(unconnected()) : stream.push(`${line}\n`)));
    } catch (error) {
      stream.destroy(error as Error);
    }
  }
}

function unconnected(): Error {
  return new Error("prompt: the front end has not connected its stdin channel: wanted one that does, as JupyterLab");
}
