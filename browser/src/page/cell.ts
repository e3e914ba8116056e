import type { Editor } from "./editor";
import { keepEdit, keptEdit } from "./edits";
import { button } from "./elements";
import { CellOutputs } from "./outputs";

/** A code cell of the page: its code, which can be changed, and its outputs. */

export interface CellActions {
  run(cell: PageCell): void;
  runAbove(cell: PageCell): void;
  goOn(cell: PageCell): void;
}

export class PageCell {
  readonly outputs: CellOutputs;
  /** Whether it has run, and ended well, since the kernel began. */
  hasRun = false;
  private readonly code: HTMLElement;
  private readonly original: string;
  private editor: Promise<Editor> | undefined;
  private text: string;

  constructor(
    readonly element: HTMLElement,
    private readonly actions: CellActions,
  ) {
    this.code = element.querySelector<HTMLElement>("pre.code")!;
    this.original = this.text = this.code.textContent ?? "";
    this.outputs = new CellOutputs(element.querySelector(".outputs")!);
    this.listen();
    const kept = keptEdit(element.id);
    if (kept) this.bringBack(kept.source, kept.original);
  }

  /** Whether it is the folded solution of an exercise. */
  get isSolution(): boolean {
    return this.element.closest("details") !== null;
  }

  get source(): string {
    return this.text;
  }

  /** How the cell is shown while it waits, runs, or has run. */
  show(state: "waiting" | "running" | "done" | "failed" | "committed"): void {
    this.element.dataset.state = state;
    this.element.setAttribute("aria-busy", String(state === "running"));
  }

  async edit(): Promise<void> {
    const editor = await (this.editor ??= this.openEditor());
    editor.focus();
  }

  /** The cell is made visible and takes the keyboard. */
  focus(): void {
    this.element.closest("details")?.setAttribute("open", "");
    this.element.scrollIntoView({ block: "nearest" });
    if (this.editor) void this.edit();
    else this.code.focus();
  }

  private listen(): void {
    const does: Record<string, () => void> = {
      run: () => this.actions.run(this),
      "run-above": () => this.actions.runAbove(this),
      copy: () => void navigator.clipboard?.writeText(this.text).then(() => this.say("Copied")),
    };
    for (const button of this.element.querySelectorAll<HTMLElement>("button[data-do]")) {
      button.addEventListener("click", () => does[button.dataset.do!]?.());
    }
    this.code.addEventListener("click", () => {
      if (getSelection()?.isCollapsed !== false) void this.edit(); // not when the reader marks text
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
    this.code.replaceWith(editor.element);
    return editor;
  }

  private change(source: string): void {
    this.text = source;
    const kept = keepEdit(this.element.id, { source, original: this.original });
    this.showEdit(kept ? "Changed by you." : "Changed by you; this browser will not keep it.");
  }

  /** Shows a change that an earlier visit has kept; `base` is the text from which it was made. */
  private bringBack(source: string, base: string): void {
    this.text = source;
    this.code.textContent = source;
    const isOlder = base !== this.original;
    this.showEdit(
      isOlder ? "Changed by you, in an earlier edition; this cell has a newer text now." : "Changed by you.",
    );
  }

  /** A line under the code that says that it is the reader's, with a way to the original and back. */
  private showEdit(words: string): void {
    const input = this.element.querySelector(".input")!;
    input.querySelector(".edited")?.remove();
    if (this.text === this.original) return;
    const mine = this.text;
    const line = document.createElement("p");
    line.className = "edited";
    const compare = button("Compare", () => {
      const shown = line.querySelector("pre");
      if (shown) return shown.remove();
      const original = document.createElement("pre");
      original.className = "original";
      original.textContent = this.original;
      line.append(original);
    });
    const take = button("Original text", () => {
      void this.edit().then(async () => {
        (await this.editor!).replace(this.original);
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
    const back = button("My text", () => {
      line.remove();
      void this.editor!.then((editor) => editor.replace(mine));
    });
    line.append("The original text. ", back);
    this.element.querySelector(".input")!.append(line);
  }

  private say(words: string): void {
    document.querySelector("#status")!.textContent = words;
  }
}
