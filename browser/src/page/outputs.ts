import { say } from "../words";
import { CHART, drawChart } from "./charts";

/** The outputs of one cell: Jupyter's messages as HTML. */

interface DisplayContent extends Record<string, unknown> {
  data: Record<string, unknown>;
  metadata?: Record<string, Record<string, unknown> | undefined>;
  transient?: { display_id?: string };
}

/** The elements that can be updated by their display ids, in any cell. */
const displays = new Map<string, HTMLElement[]>();

export class CellOutputs {
  /** Set by clear_output with `wait`: the next output replaces the earlier ones. */
  private clearsNext = false;

  constructor(private readonly element: HTMLElement) {}

  clear(): void {
    this.element.replaceChildren();
    this.clearsNext = false;
  }

  /** Takes a message of the kernel; messages without an output are ignored. */
  take(type: string, content: Record<string, unknown>): void {
    if (type === "stream") this.stream(content as { name: string; text: string });
    else if (type === "display_data" || type === "execute_result") this.display(content as DisplayContent);
    else if (type === "update_display_data") update(content as DisplayContent);
    else if (type === "error") this.error(content as { traceback: string[] });
    else if (type === "clear_output") {
      if (content.wait) this.clearsNext = true;
      else this.clear();
    }
  }

  get isEmpty(): boolean {
    return this.element.childElementCount === 0;
  }

  /** A line of the page itself, with buttons, before the outputs or after them. */
  note(place: "first" | "last", text: string, ...buttons: HTMLElement[]): HTMLElement {
    const note = this.add("p", "note", text);
    note.setAttribute("role", "status");
    note.append(" ", ...buttons);
    if (place === "first") this.element.prepend(note);
    return note;
  }

  private stream({ name, text }: { name: string; text: string }): void {
    const last = this.element.lastElementChild;
    const kind = name === "stderr" ? "stderr" : "stdout";
    const continues = last?.className === kind && !this.clearsNext;
    const pre = continues ? last : this.add("pre", kind);
    pre.textContent = afterReturns((pre.textContent ?? "") + withoutColours(text));
  }

  private display(content: DisplayContent): void {
    const place = this.add("div", "display");
    const id = content.transient?.display_id;
    if (id !== undefined) displays.set(id, [...(displays.get(id) ?? []), place]);
    fill(place, content);
  }

  private error({ traceback }: { traceback: string[] }): void {
    this.add("pre", "error", withoutColours(traceback.join("\n")));
  }

  private add(tag: string, className: string, text = ""): HTMLElement {
    if (this.clearsNext) this.clear();
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    if (tag === "pre") element.lang = "en"; // what programs print
    this.element.append(element);
    return element;
  }
}

function update(content: DisplayContent): void {
  const places = displays.get(content.transient?.display_id ?? "") ?? [];
  for (const place of places) if (place.isConnected) fill(place, content);
}

/** Shows the richest form of a bundle that this page knows. */
function fill(place: HTMLElement, { data, metadata = {} }: DisplayContent): void {
  const text = data["text/plain"];
  if (data[CHART] !== undefined) {
    place.classList.add("chart");
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", String(metadata["image/png"]?.alt ?? text ?? "chart"));
    void drawChart(place, data[CHART], metadata[CHART]?.embed_options ?? {}).catch((error: unknown) => {
      place.textContent = say("The chart cannot be drawn: {reason}", { reason: (error as Error).message });
    });
  } else if (typeof data["text/html"] === "string") place.innerHTML = data["text/html"];
  else if (typeof data["image/svg+xml"] === "string") place.innerHTML = data["image/svg+xml"];
  else if (typeof data["image/png"] === "string") {
    const image = new Image();
    image.src = `data:image/png;base64,${data["image/png"]}`;
    image.alt = String(metadata["image/png"]?.alt ?? "");
    place.replaceChildren(image);
  } else {
    const pre = document.createElement("pre");
    pre.lang = "en";
    pre.className = "result";
    pre.textContent = withoutColours(String(text ?? ""));
    place.replaceChildren(pre);
  }
}

/** Text without the escape sequences that colour a terminal. */
function withoutColours(text: string): string {
  return text.replace(/\u001b\[[0-9;]*m/g, "");
}

/** A carriage return begins the line again, as in a terminal. */
function afterReturns(text: string): string {
  return text.replace(/^.*\r(?!\n)/gm, "");
}
