import { say } from "../words";
import type { Editor, Place } from "./editor";
import { keepEdit, keptEdit } from "./edits";
import { button } from "./elements";
import { CellOutputs } from "./outputs";

/** A code cell of the page: its code, which can be changed, and its outputs. */

const MINE = "Changed by you.";

export interface CellActions {
  run(cell: PageCell): void;
  runAbove(cell: PageCell): void;
  goOn(cell: PageCell): void;
}

export class PageCell {
  readonly outputs: CellOutputs;
  private readonly code: HTMLElement;
  private readonly original: string;
  /** The code that has made the outputs. */
  private made: string;
  /** The code that has run, and ended well, since the kernel began. */
  private ran: string | undefined;
  private editor: Promise<Editor> | undefined;
  private text: string;
  private staleNote: HTMLElement | undefined;

  constructor(
    readonly element: HTMLElement,
    private readonly actions: CellActions,
  ) {
    this.code = element.querySelector<HTMLElement>("pre.code")!;
    this.original = this.text = this.made = this.code.textContent ?? "";
    this.outputs = new CellOutputs(element.querySelector(".outputs")!);
    this.listen();
    const kept = keptEdit(element.id);
    if (kept?.isAside) this.offerBack(kept.source);
    else if (kept) this.bringBack(kept.source, kept.original);
  }

  /** Whether it is the folded solution of an exercise. */
  get isSolution(): boolean {
    return this.element.closest("details") !== null;
  }

  /** Whether it has run as it is, and ended well, since the kernel began. */
  get hasRun(): boolean {
    return this.ran === this.text;
  }

  set hasRun(value: boolean) {
    this.ran = value ? this.text : undefined;
  }

  get source(): string {
    return this.text;
  }

  /** How the cell is shown while it waits, runs, or has run. */
  show(state: "waiting" | "running" | "done" | "failed" | "committed"): void {
    this.element.dataset.state = state;
    this.element.setAttribute("aria-busy", String(state === "running"));
  }

  /** Says why the outputs are no longer those of this cell. */
  markStale(why: string, ...buttons: HTMLElement[]): void {
    this.staleNote?.remove();
    this.element.dataset.stale = "";
    if (!this.outputs.isEmpty || buttons.length > 0) this.staleNote = this.outputs.note("first", why, ...buttons);
  }

  /** The outputs from now on are those of the cell as it is. */
  clearOutputs(): void {
    this.made = this.text;
    this.outputs.clear();
    this.unmarkStale();
  }

  private unmarkStale(): void {
    this.staleNote?.remove();
    delete this.element.dataset.stale;
  }

  /** Writes another text into the cell, as the reader could. */
  async write(source: string): Promise<void> {
    await this.edit();
    (await this.editor!).replace(source);
  }

  async edit(place?: Place): Promise<void> {
    const editor = await (this.editor ??= this.openEditor());
    editor.focus(place);
  }

  scrollIntoView(): void {
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** The cell takes the keyboard; the page does not move. */
  focus(): void {
    if (this.editor) void this.editor.then((editor) => editor.focus());
    else this.code.focus({ preventScroll: true });
  }

  private listen(): void {
    const does: Record<string, () => void> = {
      run: () => this.actions.run(this),
      "run-above": () => this.actions.runAbove(this),
      copy: () => void navigator.clipboard?.writeText(this.text).then(() => this.tell(say("Copied"))),
    };
    for (const button of this.element.querySelectorAll<HTMLButtonElement>("button[data-do]")) {
      button.disabled = false; // until here a click would have been lost
      button.addEventListener("click", () => does[button.dataset.do!]?.());
    }
    this.code.addEventListener("click", ({ clientX, clientY }) => {
      // not when the reader marks text
      if (getSelection()?.isCollapsed !== false) void this.edit({ x: clientX, y: clientY });
    });
    this.code.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (event.shiftKey) this.actions.goOn(this);
      else if (event.ctrlKey || event.metaKey) this.actions.run(this);
      else void this.edit();
    });
  }

  private async openEditor(): Promise<Editor> {
    const { openEditor } = await import("./editor");
    const editor = openEditor(this.text, {
      change: (source) => this.change(source),
      run: () => this.actions.run(this),
      runAndGoOn: () => this.actions.goOn(this),
      leave: () => this.element.querySelector<HTMLElement>('[data-do="run"]')!.focus(),
    });
    const { scrollLeft } = this.code; // what the reader sees stays where it is
    this.code.replaceWith(editor.element);
    editor.element.querySelector(".cm-scroller")!.scrollLeft = scrollLeft;
    return editor;
  }

  private change(source: string): void {
    this.text = source;
    if (source === this.made) this.unmarkStale();
    else if (!("stale" in this.element.dataset))
      this.markStale(say("The code has changed since this output was made."));
    const kept = keepEdit(this.element.id, { source, original: this.original });
    this.showEdit(say(kept ? MINE : "Changed by you; this browser will not keep it."));
  }

  /** Shows a change that an earlier visit has kept; `base` is the text from which it was made. */
  private bringBack(source: string, base: string): void {
    this.text = source;
    this.code.textContent = source;
    this.markStale(say("This output was made by the original code."));
    const isOlder = base !== this.original;
    this.showEdit(say(isOlder ? "Changed by you, in an earlier edition; this cell has a newer text now." : MINE));
  }

  /** A line under the code that says that it is the reader's, with a way to the original and back. */
  private showEdit(words: string): void {
    const input = this.element.querySelector(".input")!;
    input.querySelector(".edited")?.remove();
    if (this.text === this.original) return;
    const mine = this.text;
    const line = document.createElement("p");
    line.className = "edited";
    const compare = button(say("Show the original"), () => {
      const shown = line.querySelector("pre");
      compare.textContent = say(shown ? "Show the original" : "Hide the original");
      if (shown) return shown.remove();
      const original = document.createElement("pre");
      original.className = "original";
      original.textContent = this.original;
      line.append(original);
    });
    const take = button(say("Restore the original"), () => {
      void this.write(this.original).then(() => {
        keepEdit(this.element.id, { source: mine, original: this.original, isAside: true });
        this.offerBack(mine);
      });
    });
    line.append(words, " ", compare, " ", take);
    input.append(line);
  }

  /** After the original text was taken, the reader's own can be taken back. */
  private offerBack(mine: string): void {
    const line = document.createElement("p");
    line.className = "edited";
    const back = button(say("Restore my change"), () => {
      line.remove();
      void this.write(mine);
    });
    line.append(say("The original text."), " ", back);
    this.element.querySelector(".input")!.append(line);
  }

  private tell(words: string): void {
    document.querySelector("#status")!.textContent = words;
  }
}
