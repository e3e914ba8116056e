import { fetchingText, KernelClient, type Publish } from "../client";
import { say } from "../words";
import { readerFiles } from "./data";

/** The page's kernel: started by the first cell that runs; other pages of this browser then end theirs. */

export type KernelState = "off" | "starting" | "idle" | "busy";

export interface KernelEvents {
  changed(state: KernelState): void;
  /** A cell waits for a file of the site; the state is told again when it is there. */
  fetching(text: string): void;
  /** The kernel has started. */
  ready(): void;
  /** All variables are lost; `what` is the sentence that says what has happened to the kernel. */
  lost(what: string): void;
}

declare const BUILD_ID: string;

const elsewhere = new BroadcastChannel("dlfs-kernel");

export class PageKernel {
  private client: KernelClient | undefined;
  private readiness: Promise<void> | undefined;
  private current: KernelState = "off";

  constructor(private readonly events: KernelEvents) {
    // a phone has memory for one kernel; one that is computing is left alone
    elsewhere.onmessage = () => {
      if (this.current !== "idle") return;
      this.end();
      events.lost(say("The kernel was ended: a cell was run in another notebook, and one kernel is kept at a time."));
    };
  }

  get state(): KernelState {
    return this.current;
  }

  /** Runs code; `publish` takes the messages of the kernel. Returns whether it ended well. */
  async execute(code: string, publish: Publish): Promise<boolean> {
    await this.start();
    this.become("busy");
    const request = { code, silent: false, store_history: true, stop_on_error: true };
    const { status } = await this.client!.request("execute", request, publish);
    if (this.client) this.become("idle");
    return status === "ok";
  }

  async interrupt(): Promise<void> {
    await this.client?.interrupt();
  }

  restart(): void {
    this.client?.restart();
  }

  private start(): Promise<void> {
    return (this.readiness ??= this.begin());
  }

  private async begin(): Promise<void> {
    elsewhere.postMessage("started");
    this.become("starting");
    this.client = new KernelClient({
      worker: new URL(`../kernel/worker.js?v=${BUILD_ID}`, import.meta.url).href,
      folder: "/notebooks",
      files: readerFiles,
      onFetch: ({ bytes, of }) => {
        if (bytes < of) this.events.fetching(fetchingText(bytes, of));
        else this.events.changed(this.current);
      },
      onRestart: (reason) =>
        this.events.lost(
          reason === undefined
            ? say("The kernel was started again.")
            : say("The kernel was started again, because {reason}.", { reason: say(reason) }),
        ),
    });
    try {
      await this.client.ready;
      this.events.ready();
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private end(): void {
    this.client?.dispose();
    this.client = this.readiness = undefined;
    this.become("off");
  }

  private become(state: KernelState): void {
    this.current = state;
    this.events.changed(state);
  }
}
