// Past 250 lines because one class speaks on all channels of Jupyter.
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Dealer, Subscriber } from "zeromq";
import type { Header } from "../kernel/src/cells";
import type { Connection } from "../kernel/src/node";
import { address, decode, encode, type Message } from "../kernel/src/channels/wire";

/** An event-driven Jupyter client for tests and benchmarks: it adds next to no time of its own to a cell. */

export interface KernelSpec {
  argv: string[];
  env?: Record<string, string>;
}

export interface StartOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** What came back for one execute request. */
export interface Execution {
  reply: Record<string, unknown>;
  /** The iopub messages of this request but status and execute_input, as `[type, content]`. */
  outputs: [string, Record<string, unknown>][];
}

interface Pending {
  reply?: Record<string, unknown>;
  idle: boolean;
  outputs: Execution["outputs"];
  onOutput: OnOutput;
  onBegin: () => void;
  done: (execution: Execution) => void;
  fail: (error: Error) => void;
}

export type OnOutput = (type: string, content: Record<string, unknown>) => void;

type Channel = "shell" | "control";

/** How often a kernel is started if its ports are taken. */
const ATTEMPTS = 3;

export class KernelClient {
  private readonly pending = new Map<string, Pending>();
  private readonly sockets: { shell: Dealer; control: Dealer; stdin: Dealer; iopub: Subscriber };
  /** The functions to call with the output that a cell sends after it has ended, by the id of its request. */
  private readonly late = new Map<string, OnOutput>();
  /**
   * Answers a cell's request for input, if the cell was executed with `allow_stdin`. If it returns undefined, no answer
   * is sent.
   */
  answerInput: (prompt: string) => string | undefined = () => "";
  /** Everything that the kernel wrote to its own stderr. */
  log = "";
  /** Settles with exit code or signal. */
  readonly exited: Promise<number | NodeJS.Signals | null>;

  private constructor(
    readonly process: ChildProcess,
    readonly connection: Connection,
    private readonly folder: string,
  ) {
    const routingId = randomBytes(8).toString("hex"); // input requests go to the id that sent the execute request
    const dealer = () => new Dealer({ linger: 0, routingId });
    this.sockets = { shell: dealer(), control: dealer(), stdin: dealer(), iopub: new Subscriber({ linger: 0 }) };
    this.sockets.iopub.receiveHighWaterMark = 0;
    process.stderr?.on("data", (text) => (this.log += text));
    this.exited = new Promise((resolve) => process.once("exit", (code, signal) => resolve(code ?? signal)));
    void this.exited.then((end) => {
      for (const { fail } of this.pending.values()) fail(new Error(`the kernel ended with ${end}\n${this.log}`));
    });
  }

  /** Starts a kernel and waits until it answers. Rejects when it ends before. */
  static async start(spec: KernelSpec, options: StartOptions = {}): Promise<KernelClient> {
    for (let attempt = 1; ; attempt++) {
      const client = await KernelClient.begin(spec, options);
      try {
        await client.connect();
        return client;
      } catch (error) {
        client.close();
        // another process may take a port between our search for a free one and the kernel's start
        if (attempt === ATTEMPTS || !client.log.includes("EADDRINUSE")) throw error;
      }
    }
  }

  private static async begin(
    spec: KernelSpec,
    { cwd = process.cwd(), env = process.env }: StartOptions,
  ): Promise<KernelClient> {
    const folder = mkdtempSync(path.join(tmpdir(), "kernel-client-"));
    const file = path.join(folder, "connection.json");
    const connection = await freeConnection();
    writeFileSync(file, JSON.stringify({ ...connection, signature_scheme: "hmac-sha256" }));
    const [command, ...args] = spec.argv.map((arg) => arg.replace("{connection_file}", file));
    const child = spawn(command, args, { cwd, env: { ...env, ...spec.env }, stdio: ["ignore", "ignore", "pipe"] });
    return new KernelClient(child, connection, folder);
  }

  /** The process id that Jupyter would know. */
  get pid(): number {
    return this.process.pid!;
  }

  /**
   * Runs a cell; settles when both its answer and its idle status have come. `onOutput` hears of each output at once,
   * and of those that come later; `onBegin` when the kernel has taken up the request, before it compiles the cell.
   */
  execute(
    code: string,
    options: Record<string, unknown> = {},
    onOutput?: OnOutput,
    onBegin?: () => void,
  ): Promise<Execution> {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...options,
    };
    return this.send("shell", "execute_request", content, onOutput, onBegin);
  }

  /** Sends any request and gives the content of its answer. */
  async request(type: string, content: object = {}, channel: Channel = "shell"): Promise<Record<string, unknown>> {
    return (await this.send(channel, type, content)).reply;
  }

  interrupt(): Promise<Record<string, unknown>> {
    return this.request("interrupt_request", {}, "control");
  }

  /** Asks the kernel to end, ends it after ten seconds if it does not, and removes what this client made. */
  async shutdown(): Promise<void> {
    this.send("control", "shutdown_request", { restart: false }).catch(() => {}); // it may end before its status leaves
    const late = setTimeout(() => this.process.kill("SIGKILL"), 10_000);
    await this.exited;
    clearTimeout(late);
    this.close();
  }

  /** Closes the sockets and removes the client's folder; the kernel itself is not ended. */
  close(): void {
    for (const socket of Object.values(this.sockets)) socket.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Connects the stdin channel, as the start does. */
  connectInput(): void {
    this.sockets.stdin.connect(address(this.connection, this.connection.stdin_port));
  }

  /** Leaves the stdin channel: the kernel cannot ask for input then. */
  disconnectInput(): void {
    this.sockets.stdin.disconnect(address(this.connection, this.connection.stdin_port));
  }

  private async connect(): Promise<void> {
    const { shell, control, stdin, iopub } = this.sockets;
    iopub.subscribe();
    iopub.connect(address(this.connection, this.connection.iopub_port));
    shell.connect(address(this.connection, this.connection.shell_port));
    control.connect(address(this.connection, this.connection.control_port));
    this.connectInput();
    void this.receive(stdin, ({ header, content }) => this.answer(header, String(content.prompt)));
    void this.receive(shell, (message, parent) => this.answered(message, parent));
    void this.receive(control, (message, parent) => this.answered(message, parent));
    void this.receive(iopub, (message, parent) => this.published(message, parent));
    await this.subscribed();
  }

  // A subscription does not work at once: so this asks again until the status of an answer arrives too.
  private async subscribed(): Promise<void> {
    const gone = this.exited.then((code) =>
      Promise.reject(new Error(`the kernel ended with ${code} before it answered\n${this.log}`)),
    );
    gone.catch(() => {});
    for (;;) {
      const answer = this.send("shell", "kernel_info_request", {});
      answer.catch(() => {});
      const retry = new Promise<undefined>((resolve) => setTimeout(resolve, 50, undefined));
      if (await Promise.race([answer, retry, gone])) return;
    }
  }

  private send(
    channel: Channel,
    type: string,
    content: object,
    onOutput: OnOutput = () => {},
    onBegin = () => {},
  ): Promise<Execution> {
    const parent: Partial<Header> = { username: "client" };
    const frames = encode(this.connection.key, [], parent as Header, type, content);
    const id: string = JSON.parse(frames[2] as string).msg_id;
    return new Promise((done, fail) => {
      this.pending.set(id, { idle: false, outputs: [], onOutput, onBegin, done, fail });
      void this.sockets[channel].send(frames);
    });
  }

  private async receive(socket: Dealer | Subscriber, take: (message: Message, parent: string) => void): Promise<void> {
    for await (const frames of socket) {
      const message = decode(this.connection.key, frames);
      const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
      take(message, JSON.parse(frames[at + 3].toString()).msg_id);
    }
  }

  private answer(header: Header, prompt: string): void {
    const value = this.answerInput(prompt);
    if (value !== undefined)
      void this.sockets.stdin.send(encode(this.connection.key, [], header, "input_reply", { value }));
  }

  private answered({ content }: Message, parent: string): void {
    const request = this.pending.get(parent);
    if (request) request.reply = content;
    this.settle(parent);
  }

  private published({ header, content }: Message, parent: string): void {
    const request = this.pending.get(parent);
    if (!request) return this.late.get(parent)?.(header.msg_type, content);
    if (header.msg_type === "status") request.idle ||= content.execution_state === "idle";
    else if (header.msg_type === "execute_input") request.onBegin();
    else this.output(request, header.msg_type, content);
    this.settle(parent);
  }

  private output(request: Pending, type: string, content: Record<string, unknown>): void {
    request.outputs.push([type, content]);
    request.onOutput(type, content);
  }

  private settle(id: string): void {
    const request = this.pending.get(id);
    if (!request?.reply || !request.idle) return;
    this.pending.delete(id);
    this.late.set(id, request.onOutput);
    request.done({ reply: request.reply, outputs: request.outputs });
  }
}

/** Reads `kernel.json` of a kernelspec folder. */
export function readKernelSpec(folder: string): KernelSpec {
  return JSON.parse(readFileSync(path.join(folder, "kernel.json"), "utf8"));
}

/** The text of one stream, joined. */
export function streamText({ outputs }: Execution, name: "stdout" | "stderr"): string {
  return outputs
    .map(([type, content]) => (type === "stream" && content.name === name ? String(content.text) : ""))
    .join("");
}

// All five ports stay in use until all are known, so that they differ.
async function freeConnection(): Promise<Connection> {
  const servers = await Promise.all(Array.from({ length: 5 }, listen));
  const [shell_port, control_port, iopub_port, stdin_port, hb_port] = servers.map(
    (server) => (server.address() as AddressInfo).port,
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    key: randomBytes(16).toString("hex"),
    shell_port,
    control_port,
    iopub_port,
    stdin_port,
    hb_port,
  };
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
