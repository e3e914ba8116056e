import type { Publisher, Reply, Router } from "zeromq";
import { thrownError, type Cells, type ExecuteRequest, type Header, type Publish } from "../cells";
import type { JupyterModule, ZmqServer } from "../node";
import { log } from "../process";
import { bind } from "./bind";
import { ControlThread } from "./control";
import { Iopub } from "./iopub";
import { address, decode, encode, type Message, type Sender } from "./wire";

/**
 * Jupyter's channels. It relies on ZmqServer.init of tslab making the sockets `iopub`, `shell`, `control`, `stdin` and
 * `hb`, giving each to `bindSocket(socket, port)`, and each message to `handleShellMessage(socket, ...frames)`.
 */

/** Returns the content of the reply, or nothing if there is no reply. */
export type Handler = (content: Record<string, unknown>, publish: Publish) => object | void;

export interface Services {
  cells: Cells;
  /** Answers by request type; `x_request` is answered by `x_reply`. */
  handlers: Record<string, Handler>;
  interrupt(cell: number, broken: boolean): Promise<void>;
  /** The control thread has started. */
  started(thread: ControlThread): void;
  /** An execute request has arrived. */
  taken(): void;
  /** Called after the reply to a shutdown request was given to the socket. */
  shutdown(): void;
}

/** The types of messages after which pump() is not called here, because output.ts calls it. */
const OUTPUT = /^(stream|display_data|update_display_data)$/;

export class KernelServer {
  private readonly sockets: ZmqServer;
  private outgoing: Iopub | undefined;

  constructor(
    { ZmqServer }: JupyterModule,
    configPath: string,
    private readonly words: Int32Array,
    private readonly services: Services,
  ) {
    this.sockets = Object.assign(new ZmqServer({}, configPath), {
      bindSocket: (socket: Publisher | Reply | Router, port: number) => this.bindSocket(socket, port),
      handleShellMessage: (sender: Sender, ...frames: Buffer[]) => this.handleMessage(sender, frames),
    });
  }

  /** Settles when all channels are served. */
  init(): Promise<void> {
    return this.sockets.init();
  }

  /** Sends the published messages, and blocks while clients are far behind. */
  pump(): void {
    this.outgoing?.pump();
  }

  private async bindSocket(socket: Publisher | Reply | Router, port: number): Promise<void> {
    const { connInfo, iopub, shell, control } = this.sockets;
    if (socket === shell)
      shell.sendTimeout = 0; // bound below
    else if (socket === control) await this.startControlThread();
    else if (socket === iopub) {
      this.outgoing = new Iopub(iopub);
      await bind(iopub, address(connInfo, port));
    } // the control thread binds the others, together with the control socket
  }

  private async startControlThread(): Promise<void> {
    const { connInfo, shell } = this.sockets;
    const thread = new ControlThread(connInfo, this.words, {
      interrupt: (cell, broken, request) => this.interrupt(cell, broken, request),
      request: (sender, frames) => void this.handleMessage(sender, frames),
    });
    this.services.started(thread);
    await thread.serving;
    // Bound last, so that a kernel which answers can also be interrupted.
    await bind(shell, address(connInfo, connInfo.shell_port));
  }

  private async handleMessage(sender: Sender, frames: Buffer[]): Promise<void> {
    let message: Message;
    try {
      message = decode(this.sockets.connInfo.key, frames);
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

  // The control thread sends the reply, but the status is sent by the main thread's socket.
  private interrupt(cell: number, broken: boolean, request: Header | undefined): Promise<void> {
    const publish = request && this.publisher(request);
    publish?.("status", { execution_state: "busy" });
    publish?.("status", { execution_state: "idle" });
    return this.services.interrupt(cell, broken);
  }

  private async execute(sender: Sender, message: Message): Promise<void> {
    const { identities, header } = message;
    const publish = this.publisher(header);
    this.services.taken();
    try {
      const request = message.content as object as ExecuteRequest;
      this.reply(sender, message, await this.services.cells.execute(request, publish, { identities, header }));
    } finally {
      publish("status", { execution_state: "idle" });
    }
  }

  private async answer(sender: Sender, message: Message): Promise<void> {
    const type = message.header.msg_type;
    const publish = this.publisher(message.header);
    publish("status", { execution_state: "busy" });
    try {
      const handler = this.services.handlers[type];
      if (!handler) log(`no answer to ${type}`);
      const content = handler?.(message.content, publish);
      if (content) this.reply(sender, message, content);
    } catch (error) {
      log(error);
      this.reply(sender, message, { status: "error", ...thrownError(error) });
    } finally {
      publish("status", { execution_state: "idle" });
    }
    if (type === "shutdown_request") this.services.shutdown();
  }

  // Every request gets a reply. If its content cannot be sent, the reply says why.
  private reply(sender: Sender, { identities, header }: Message, content: object): void {
    const type = header.msg_type.replace(/_request$/, "_reply");
    const frames = (given: object) => encode(this.sockets.connInfo.key, identities, header, type, given);
    try {
      sender.send(frames(content));
    } catch (error) {
      log(error);
      sender.send(frames({ status: "error", ...thrownError(error) }));
    }
  }

  private publisher(header: Header): Publish {
    return (type, content) => {
      this.outgoing?.enqueue(encode(this.sockets.connInfo.key, [type], header, type, content));
      if (!OUTPUT.test(type)) this.pump();
    };
  }
}
