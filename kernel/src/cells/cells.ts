import { Cell } from "./cell";
import { thrownError, type ErrorContent } from "./errors";
import type { Evaluator, Outcome } from "./evaluator";
import type { History } from "./history";
import { host, type StopButton } from "./host";
import type { ExecuteReply, ExecuteRequest, Origin, Publish } from "./messages";
import type { Output } from "./output";
import { metadataOf } from "./results";

/** The queue of execute requests: one cell at a time, and none after an error that should stop the rest. */

/** Milliseconds after an error in which requests that were sent before it arrive. */
const ARRIVAL = 20;

export class Cells {
  private count = 0;
  /** Counts the cells without a number (silent ones, or without history), for their names in tracebacks. */
  private unnumbered = 0;
  private last: Promise<unknown> = Promise.resolve();
  private readonly waiting = new Set<{ aborted: boolean }>();
  private begun = 0;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly output: Output,
    private readonly history: History,
    private readonly stopButton: StopButton,
  ) {}

  /**
   * Runs the request when the earlier ones have ended. `publish` sends its messages, `origin` can be asked for input.
   */
  execute(request: ExecuteRequest, publish: Publish, origin?: Origin): Promise<ExecuteReply> {
    const queued = { aborted: false };
    this.waiting.add(queued);
    const reply = this.last.then(() => {
      this.waiting.delete(queued);
      publish("status", { execution_state: "busy" });
      if (queued.aborted) return { status: "aborted" as const, execution_count: this.count };
      return this.runCell(request, publish, request.allow_stdin ? origin : undefined);
    });
    this.last = reply.catch(() => {});
    return reply;
  }

  private async runCell(request: ExecuteRequest, publish: Publish, origin: Origin | undefined): Promise<ExecuteReply> {
    const tell: Publish = request.silent ? () => {} : publish;
    const cell = new Cell(++this.begun, tell, this.stopButton, origin);
    cell.begin();
    try {
      return await this.evaluateRequest(request, cell);
    } catch (error) {
      // An error in the kernel itself, or a value that cannot be shown, is also reported as this cell's error.
      return this.publishError(thrownError(error), request.stop_on_error ?? true, tell);
    } finally {
      cell.end();
    }
  }

  private async evaluateRequest(request: ExecuteRequest, cell: Cell): Promise<ExecuteReply> {
    const { code, silent = false, store_history = true, stop_on_error = true } = request;
    const numbered = !silent && store_history;
    if (numbered) this.count++;
    cell.publish("execute_input", { code, execution_count: this.count });
    this.output.attach(cell);
    // Starts in a new turn of the event loop: terminating an endless cell also drops the remaining microtasks of its
    // turn.
    await new Promise<void>((resolve) => host().timers.setImmediate(resolve));
    const outcome = await this.evaluator.evaluate(code, numbered ? `In[${this.count}]` : this.unnumberedName(), cell);
    this.output.flushAll();
    if (numbered) this.history.add(this.count, code, resultText(outcome));
    if (outcome.status === "error") return this.publishError(outcome.error, stop_on_error, cell.publish);
    if (outcome.data) this.publishResult(outcome.data, cell);
    const user_expressions = await this.evaluateExpressions(request.user_expressions ?? {}, cell);
    return { status: "ok", execution_count: this.count, payload: [], user_expressions };
  }

  private publishResult(data: Record<string, unknown>, cell: Cell): void {
    cell.publish("execute_result", { execution_count: this.count, data, metadata: metadataOf(data) });
  }

  // Each expression has its own answer: if one fails, the cell does not.
  private async evaluateExpressions(wanted: Record<string, string>, cell: Cell): Promise<Record<string, object>> {
    const answers: Record<string, object> = {};
    for (const [name, code] of Object.entries(wanted)) {
      const outcome = await this.evaluator.evaluate(code, this.unnumberedName(), cell);
      answers[name] =
        outcome.status === "error" ? { status: "error", ...outcome.error } : { status: "ok", ...shown(outcome) };
    }
    this.output.flushAll();
    return answers;
  }

  private unnumberedName(): string {
    return `In[*${++this.unnumbered}]`;
  }

  private async publishError(error: ErrorContent, stop: boolean, publish: Publish): Promise<ExecuteReply> {
    publish("error", error);
    if (stop) await this.abortWaiting();
    return { status: "error", execution_count: this.count, ...error };
  }

  private async abortWaiting(): Promise<void> {
    await new Promise<void>((resolve) => host().timers.setTimeout(resolve, ARRIVAL));
    for (const queued of this.waiting) queued.aborted = true;
  }
}

function shown({ data = { "text/plain": "undefined" } }: Outcome & { status: "ok" }): object {
  return { data, metadata: metadataOf(data) };
}

function resultText(outcome: Outcome): string | undefined {
  const text = outcome.status === "ok" ? outcome.data?.["text/plain"] : undefined;
  return typeof text === "string" ? text : undefined;
}
