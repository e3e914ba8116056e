import type { ErrorContent } from "./errors";
import type { Evaluator, Outcome } from "./evaluator";
import type { History } from "./history";
import type { Output, Publish } from "./output";
import { metadataOf } from "./results";

/** The queue of execute requests: one cell at a time, and none after an error that should stop the rest. */

export interface ExecuteRequest {
  code: string;
  silent: boolean;
  store_history: boolean;
  stop_on_error: boolean;
}

export interface ExecuteReply {
  status: "ok" | "error" | "aborted";
  execution_count: number;
  [field: string]: unknown;
}

const ARRIVAL = 20; // milliseconds in which requests sent before the error reach this process

export class Cells {
  private count = 0;
  private unnumbered = 0; // silent cells and those without history need names of their own in tracebacks
  private last: Promise<unknown> = Promise.resolve();
  private waiting = new Set<{ aborted: boolean }>();

  constructor(
    private readonly evaluator: Evaluator,
    private readonly output: Output,
    private readonly history: History,
  ) {}

  /** Runs the request after those before it. `publish` sends what belongs to it. */
  execute(request: ExecuteRequest, publish: Publish): Promise<ExecuteReply> {
    const place = { aborted: false };
    this.waiting.add(place);
    const reply = this.last.then(() => {
      this.waiting.delete(place);
      publish("status", { execution_state: "busy" });
      if (place.aborted) return { status: "aborted" as const, execution_count: this.count };
      return this.run(request, publish);
    });
    this.last = reply.catch(() => {});
    return reply;
  }

  private async run(request: ExecuteRequest, publish: Publish): Promise<ExecuteReply> {
    const { code, silent = false, store_history = true, stop_on_error = true } = request;
    const numbered = !silent && store_history;
    if (numbered) this.count++;
    const tell: Publish = silent ? () => {} : publish;
    tell("execute_input", { code, execution_count: this.count });
    this.output.attach(tell);
    // From a turn of its own: an endless cell that has to be broken takes the turn's remaining microtasks with it.
    await new Promise((resolve) => setImmediate(resolve));
    const outcome = await this.evaluator.evaluate(code, numbered ? `In[${this.count}]` : `In[*${++this.unnumbered}]`);
    this.output.flush();
    if (numbered) this.history.add(this.count, code, resultText(outcome));
    if (outcome.status === "error") return this.failed(outcome.error, stop_on_error, tell);
    if (outcome.data) tell("execute_result", { execution_count: this.count, data: outcome.data, metadata: metadataOf(outcome.data) });
    return { status: "ok", execution_count: this.count, payload: [], user_expressions: {} };
  }

  private async failed(error: ErrorContent, stop: boolean, tell: Publish): Promise<ExecuteReply> {
    tell("error", error);
    if (stop) await this.abortWaiting();
    return { status: "error", execution_count: this.count, ...error };
  }

  private async abortWaiting(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ARRIVAL));
    for (const place of this.waiting) place.aborted = true;
  }
}

function resultText(outcome: Outcome): string | undefined {
  const text = outcome.status === "ok" ? outcome.data?.["text/plain"] : undefined;
  return typeof text === "string" ? text : undefined;
}
