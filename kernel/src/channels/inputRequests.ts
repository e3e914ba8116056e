import { setTimeout as after } from "node:timers/promises";
import type { MessagePort } from "node:worker_threads";
import { Router } from "zeromq";
import { bind } from "./bind";
import type { Origin } from "../cells";
import type { Connection } from "../node";
import { address, decode, encode } from "./wire";
import type { Answer } from "./workerMessages";

/** The control thread's part of input.ts: asks the front end, and wakes the main thread with its answers. */

/** Milliseconds that a front end has for connecting its stdin channel: it may do that later than the others. */
const PATIENCE_CONNECTING = 5000;
// Milliseconds between two attempts to ask.
const PAUSE = 20;

export class InputRequests {
  private readonly socket = new Router({ sendTimeout: 0, linger: 0, mandatory: true });
  /** The ids of the main thread's questions, by the id of the message that asks. */
  private readonly asked = new Map<string, number>();
  private last = 0;
  private answers: { port: MessagePort; clock: Int32Array } | undefined;

  constructor(private readonly connection: Connection) {}

  async serve(bound: () => void): Promise<void> {
    await bind(this.socket, address(this.connection, this.connection.stdin_port));
    bound();
    for await (const frames of this.socket) this.passAnswer(frames);
  }

  /** Sets where answers are sent. */
  answerTo(answers: { port: MessagePort; clock: Int32Array }): void {
    this.answers = answers;
  }

  ask(id: number, { identities, header }: Origin, prompt: string): void {
    const frames = encode(
      this.connection.key,
      identities.map((part) => Buffer.from(part)),
      header,
      "input_request",
      { prompt, password: false },
    );
    this.asked.set(JSON.parse(String(frames[identities.length + 2])).msg_id, id);
    this.last = id;
    void this.deliver(frames, id);
  }

  // Without `mandatory` a socket drops what it sends to a channel that is not connected, and the cell waits for ever.
  private async deliver(frames: (Buffer | string)[], id: number): Promise<void> {
    const until = Date.now() + PATIENCE_CONNECTING;
    while (id === this.last) {
      const sent = await this.socket.send(frames).then(
        () => true,
        () => false,
      );
      if (sent) return;
      if (Date.now() > until) return this.pass({ id, text: undefined });
      await after(PAUSE);
    }
  }

  private pass(answer: Answer): void {
    if (!this.answers) return;
    this.answers.port.postMessage(answer);
    Atomics.add(this.answers.clock, 0, 1);
    Atomics.notify(this.answers.clock, 0);
  }

  private passAnswer(frames: Buffer[]): void {
    try {
      const { header, parent, content } = decode(this.connection.key, frames);
      if (header.msg_type !== "input_reply") return;
      this.pass({ id: this.asked.get(parent.msg_id ?? "") ?? this.last, text: String(content.value ?? "") });
    } catch {
      // not signed by the front end
    }
  }
}
