import type { Cell } from "./cell";
import { cellOfCode } from "./context";
import { host } from "./host";
import type { StreamName } from "./messages";

/**
 * Sends what cells print and display, complete and in order, to the cell whose code produced it, even after that cell
 * has ended. A little text is sent at once, because the cell may go on to block the thread. A lot of text is gathered
 * first: one message a line would be more than zeromq.js sends in one turn and more than Jupyter's server accepts in a
 * second.
 */

/** Messages that a cell may send without gathering text; after each LONGEST_WAIT one more. */
const SENT_AT_ONCE = 100;
const LONGEST_WAIT = 50; // milliseconds
const LARGEST_TEXT = 65_536; // characters

export class Output {
  private last: Cell | undefined;
  /** The cell whose text is being gathered. */
  private cell: Cell | undefined;
  private name: StreamName = "stdout";
  private parts: string[] = [];
  private size = 0;
  private credit = SENT_AT_ONCE;
  private counted = performance.now();
  private timer: unknown;

  /** `pump` sends the published messages. */
  constructor(private readonly pump: () => void) {}

  /** From now on output of unknown origin belongs to this cell. */
  attach(cell: Cell): void {
    this.flushAll();
    this.last = cell;
    this.credit = SENT_AT_ONCE;
  }

  write(name: StreamName, text: string, cell = cellOfCode() ?? this.last): void {
    if (name !== this.name || cell !== this.cell) this.flushAll();
    this.cell = cell;
    this.name = name;
    this.parts.push(text);
    this.size += text.length;
    if (this.size >= LARGEST_TEXT || this.hasCredit()) this.flush();
    else this.timer ??= host().timers.setTimeout(() => this.flush(), LONGEST_WAIT);
  }

  /**
   * Shows the content of a display_data message; with `update` it replaces the one with the same display_id. Throws a
   * TypeError if front ends could show nothing of it.
   */
  display(data: object, update = false): void {
    checkForms(data);
    this.flushAll();
    (cellOfCode() ?? this.last)?.publish(update ? "update_display_data" : "display_data", data);
    this.pump();
  }

  /** Clears the outputs of the cell. */
  clear(): void {
    this.flushAll();
    (cellOfCode() ?? this.last)?.publish("clear_output", { wait: false });
  }

  /**
   * Sends the gathered text, except for the first half of a surrogate pair at its end, whose second half may still
   * come.
   */
  flush(): void {
    host().timers.clearTimeout(this.timer);
    this.timer = undefined;
    const text = this.parts.join("");
    const half = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? "";
    this.send(text.slice(0, text.length - half.length), half);
  }

  /** Sends all gathered text. */
  flushAll(): void {
    this.flush();
    if (this.size > 0) this.send(this.parts.join(""), "");
  }

  private send(text: string, rest: string): void {
    // An interrupt can come at any function call: so there is no call between publishing the text and forgetting it.
    if (text !== "") this.cell?.publish("stream", { name: this.name, text });
    this.parts = rest === "" ? [] : [rest];
    this.size = rest.length;
    if (text === "") return;
    this.credit = Math.max(0, this.credit - 1);
    this.pump();
  }

  private hasCredit(): boolean {
    const now = performance.now();
    this.credit = Math.min(SENT_AT_ONCE, this.credit + (now - this.counted) / LONGEST_WAIT);
    this.counted = now;
    return this.credit >= 1;
  }
}

function checkForms(content: { data?: Record<string, unknown> }): void {
  for (const [type, form] of Object.entries(content.data ?? {})) {
    if (type.includes("/") && form !== undefined) continue;
    const got = type.includes("/") ? `no content for ${type}` : `${type} in place of a MIME type`;
    throw new TypeError(`display: ${got}: wanted a MIME type and its content, such as "text/html" and "<b>1</b>"`);
  }
}
