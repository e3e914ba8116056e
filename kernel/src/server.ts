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
  interrupt(broken: boolean): Promise<void>;
  /** After the answer to a shutdown request has been given to the socket. */
  shutdown(): void;
}

export interface KernelServer {
  init(): Promise<void>;
  readonly thread?: ControlThread;
  /** Sends what has been published, and waits while readers are far behind. */
  pump(): void;
}

interface Sockets {
  connInfo: Connection;
  iopub: Publisher;
  shell: Router;
  control: Router;
  hb: unknown;
}

/** Output is pumped by who publishes it. */
const OUTPUT = /^(stream|display_data|update_display_data)$/;

export function createServer(tslab: Tslab, configPath: string, launched: boolean, services: Services): KernelServer {
  class Server extends (tslab.jupyter.ZmqServer as unknown as new (handler: object, configPath: string) => Sockets & {
    init(): Promise<void>;
  }) {
    private outgoing: Iopub | undefined;
    thread?: ControlThread;

    async bindSocket(socket: unknown, port: number): Promise<void> {
      if (socket === this.hb) return; // bound by the worker, with the control socket
      if (socket === this.control) {
        this.thread = new ControlThread(this.connInfo, launched, {
          interrupt: (broken, request) => this.interrupt(broken, request),
          request: (sender, frames) => void this.handleShellMessage(sender, ...frames),
        });
        return;
      }
      if (socket === this.iopub) this.outgoing = new Iopub(this.iopub);
      if (socket === this.shell) this.shell.sendTimeout = 0;
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
    private interrupt(broken: boolean, request: Header | undefined): Promise<void> {
      const publish = request && this.publisher(request);
      publish?.("status", { execution_state: "busy" });
      publish?.("status", { execution_state: "idle" });
      return services.interrupt(broken);
    }

    private async execute(sender: Sender, message: Message): Promise<void> {
      const publish = this.publisher(message.header);
      const content = await services.cells.execute(message.content as unknown as ExecuteRequest, publish);
      this.reply(sender, message, content);
      publish("status", { execution_state: "idle" });
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

    private reply(sender: Sender, { identities, header }: Message, content: object): void {
      sender.send(encode(this.connInfo.key, identities, header, header.msg_type.replace(/_request$/, "_reply"), content));
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
