import type { MessagePort } from "node:worker_threads";
import { Router } from "zeromq";
import { bind } from "./bind";
import type { Origin } from "../cells";
import type { Connection } from "../node";
import { address, decode, encode } from "./wire";
import type { Answer } from "./workerMessages";

/** The control thread's part of input.ts: asks the front end, and wakes the main thread with its answers. */

export class InputRequests {
  private readonly socket = new Router({ sendTimeout: 0, linger: 0 });
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
    this.socket.send(frames).catch(() => {}); // the front end has no stdin channel, or has disconnected
  }

  private passAnswer(frames: Buffer[]): void {
    try {
      const { header, parent, content } = decode(this.connection.key, frames);
      if (header.msg_type !== "input_reply" || !this.answers) return;
      const id = this.asked.get(parent.msg_id ?? "") ?? this.last;
      this.answers.port.postMessage({ id, text: String(content.value ?? "") } satisfies Answer);
      Atomics.add(this.answers.clock, 0, 1);
      Atomics.notify(this.answers.clock, 0);
    } catch {
      // not signed by the front end
    }
  }
}
