import type { Publisher, Router } from "zeromq";
import { bind } from "./bind";
import type { Cells, ExecuteRequest } from "./cells";
import { ControlThread } from "./control";
import { thrownError } from "./errors";
import { Iopub } from "./iopub";
import { log } from "./log";
import type { Publish } from "./output";
import type { Tslab } from "./tslab";
import { address, decode, encode, type Connection, type Header, type Message, type Sender } from "./wire";

/**
 * Jupyter's channels. It relies on ZmqServer.init of tslab making the sockets `iopub`, `shell`, `control`, `stdin` and
 * `hb`, giving each to `bindSocket(socket, port)`, and each message to `handleShellMessage(socket, ...frames)`.
 */

/** Gives the content of the answer, or nothing where none is due. */
export type Handler = (content: Record<string, unknown>, publish: Publish) => object | void;

export interface Services {
  cells: Cells;
  /** Answers by request type; `x_request` is answered by `x_reply`. */
  handlers: Record<string, Handler>;
  interrupt(cell: number, broken: boolean): Promise<void>;
  /** The control worker has begun. */
  started(thread: ControlThread): void;
  /** An execute request has come. */
  taken(): void;
  /** After the answer to a shutdown request has been given to the socket. */
  shutdown(): void;
}

export interface KernelServer {
  init(): Promise<void>;
  /** Sends what has been published, and waits while readers are far behind. */
  pump(): void;
}

interface Sockets {
  connInfo: Connection;
  iopub: Publisher;
  shell: Router;
  control: Router;
  hb: unknown;
  stdin: unknown;
}

/** Output is pumped by who publishes it. */
const OUTPUT = /^(stream|display_data|update_display_data)$/;

export function createServer(tslab: Tslab, configPath: string, words: Int32Array, services: Services): KernelServer {
  class Server extends (tslab.jupyter.ZmqServer as unknown as new (
    handler: object,
    configPath: string,
  ) => Sockets & {
    init(): Promise<void>;
  }) {
    private outgoing: Iopub | undefined;

    async bindSocket(socket: unknown, port: number): Promise<void> {
      if (socket === this.hb || socket === this.stdin) return; // bound by the worker, with the control socket
      if (socket === this.shell) return void (this.shell.sendTimeout = 0); // bound below
      if (socket === this.control) {
        const thread = new ControlThread(this.connInfo, words, {
          interrupt: (cell, broken, request) => this.interrupt(cell, broken, request),
          request: (sender, frames) => void this.handleShellMessage(sender, ...frames),
        });
        services.started(thread);
        await thread.serving;
        // Last: a kernel that answers can also be interrupted, and its worker has not taken it along.
        return bind(this.shell, address(this.connInfo, this.connInfo.shell_port));
      }
      if (socket === this.iopub) this.outgoing = new Iopub(this.iopub);
      await bind(socket as Router, address(this.connInfo, port));
    }

    pump(): void {
      this.outgoing?.pump();
    }

    async handleShellMessage(sender: Sender, ...frames: Buffer[]): Promise<void> {
      let message: Message;
      try {
        message = decode(this.connInfo.key, frames);
      } catch (error) {
        return log(error);
      }
      try {
        if (message.header.msg_type === "execute_request") await this.execute(sender, message);
        else await this.answer(sender, message);
      } catch (error) {
        log(error);
      }
    }

    // The worker answers, but the status goes out by the main thread's socket.
    private interrupt(cell: number, broken: boolean, request: Header | undefined): Promise<void> {
      const publish = request && this.publisher(request);
      publish?.("status", { execution_state: "busy" });
      publish?.("status", { execution_state: "idle" });
      return services.interrupt(cell, broken);
    }

    private async execute(sender: Sender, message: Message): Promise<void> {
      const { identities, header, content } = message;
      const publish = this.publisher(header);
      services.taken();
      try {
        this.reply(
          sender,
          message,
          await services.cells.execute(content as unknown as ExecuteRequest, publish, { identities, header }),
        );
      } finally {
        publish("status", { execution_state: "idle" });
      }
    }

    private async answer(sender: Sender, message: Message): Promise<void> {
      const type = message.header.msg_type;
      const publish = this.publisher(message.header);
      publish("status", { execution_state: "busy" });
      try {
        const handler = services.handlers[type];
        if (!handler) log(`no answer to ${type}`);
        const content = handler?.(message.content, publish);
        if (content) this.reply(sender, message, content);
      } catch (error) {
        log(error);
        this.reply(sender, message, { status: "error", ...thrownError(error) });
      } finally {
        publish("status", { execution_state: "idle" });
      }
      if (type === "shutdown_request") services.shutdown();
    }

    // Each request has its reply: where the content cannot be sent, the reply says why.
    private reply(sender: Sender, { identities, header }: Message, content: object): void {
      const frames = (given: object) =>
        encode(this.connInfo.key, identities, header, header.msg_type.replace(/_request$/, "_reply"), given);
      try {
        sender.send(frames(content));
      } catch (error) {
        log(error);
        sender.send(frames({ status: "error", ...thrownError(error) }));
      }
    }

    private publisher(header: Header): Publish {
      return (type, content) => {
        this.outgoing?.enqueue(encode(this.connInfo.key, [type], header, type, content));
        if (!OUTPUT.test(type)) this.pump();
      };
    }
  }
  return new Server({}, configPath) as unknown as KernelServer;
}
