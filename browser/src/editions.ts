import type { Application, Contents, ContentsChange, FileModel } from "./jupyterlite";
import { notify } from "./notifications";
import { compared, notebookText, type NotebookCells } from "./notebookText";
import { sha256 } from "./sha256";

/**
 * Notebooks that a reader has saved in this browser hide those of the site. So the browser remembers from which edition
 * each of them comes. When the site has a newer edition of one, it is replaced if the reader has not changed its cells;
 * otherwise the reader is told once. Browsers compute digests only on https and on this machine's own address;
 * elsewhere nothing is replaced or told.
 */

/** The command that opens a copy of the site's notebook beside the reader's. */
export const OPEN_ORIGINAL = "dlfs:open-original";

const KEPT_AT = "dlfs-editions";
const COMPARE = "dlfs:compare-with-new-edition";
const OPEN_NEW = "dlfs:open-new-edition";
const KEEP = "dlfs:keep-own-notebook";

/** The digest of the edition from which a reader's notebook comes, and of the newer one that the reader was told of. */
interface Kept {
  from: string;
  told?: string;
}

export class NotebookEditions {
  /**
   * @param originals - the digest of each notebook of this site's edition, by path
   * @param files - the address of the site's files
   */
  constructor(
    private readonly app: Application,
    private readonly originals: Readonly<Record<string, string>>,
    private readonly files: URL,
  ) {
    this.addCommands();
    const { contents } = app.serviceManager;
    contents.fileChanged.connect((_, change) => this.remember(change));
    // no notebook is opened before it is known to be the right one
    const get = contents.get.bind(contents);
    const done = this.update(get).catch((error: unknown) => console.error(error));
    contents.get = async (...request) => {
      await done;
      return get(...request);
    };
  }

  private remember({ type, oldValue, newValue }: ContentsChange): void {
    const [gone, saved] = [oldValue?.path ?? "", newValue?.path ?? ""];
    if (type === "save" && saved in this.originals) change(saved, (kept) => kept ?? { from: this.originals[saved] });
    else if (type === "delete" || type === "rename") change(gone, () => undefined);
  }

  /** Replaces what the reader has not changed, and tells of what the reader has. */
  private async update(get: Contents["get"]): Promise<void> {
    for (const [path, kept] of Object.entries(records())) {
      const original = this.originals[path];
      if (original === undefined || original === kept.from) continue;
      const model = await get(path, { content: true }).catch(() => undefined);
      const own = model && (await digest(notebookText(model.content as NotebookCells)));
      if (own === undefined) continue;
      if (own === original) change(path, () => ({ from: original }));
      else if (own === kept.from) await this.app.serviceManager.contents.delete(path);
      else if (kept.told !== original) void this.tell(path);
    }
  }

  private async tell(path: string): Promise<void> {
    const args = { path };
    const id = await notify(this.app.commands, {
      message: `The site has a new edition of ${nameOf(path)}, and you have changed yours. Yours stays as it is.`,
      type: "info",
      options: {
        autoClose: false,
        actions: [
          { label: "Keep mine", commandId: KEEP, args },
          { label: "Compare", commandId: COMPARE, args },
          { label: "Open new", commandId: OPEN_NEW, args },
        ],
      },
    });
    if (id === undefined) return; // this view of JupyterLite has no notifications: another one will tell
    change(path, (kept) => kept && { ...kept, told: this.originals[path] });
  }

  private addCommands(): void {
    const { commands } = this.app;
    commands.addCommand(KEEP, { label: "Keep my notebook", execute: () => undefined });
    commands.addCommand(COMPARE, {
      label: "Compare my notebook with the new edition",
      execute: ({ path }) => this.compare(path as string),
    });
    commands.addCommand(OPEN_NEW, {
      label: "Open the new edition of the notebook",
      execute: ({ path }) => this.openOriginal(path as string, "new"),
    });
    commands.addCommand(OPEN_ORIGINAL, {
      label: "Open the Original of This Notebook",
      isEnabled: () => this.currentPath() !== undefined,
      execute: () => this.openOriginal(this.currentPath()!, "original"),
    });
  }

  /** The path of the open notebook if the site has it. */
  private currentPath(): string | undefined {
    const path = this.app.shell.currentWidget?.context?.path;
    return path !== undefined && path in this.originals ? path : undefined;
  }

  private async original(path: string): Promise<NotebookCells> {
    const address = new URL(path, this.files);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address.pathname}: ${response.status} ${response.statusText}`);
    return (await response.json()) as NotebookCells;
  }

  private async openOriginal(path: string, suffix: string): Promise<void> {
    await this.open(path, suffix, await this.original(path));
  }

  private async compare(path: string): Promise<void> {
    const { contents } = this.app.serviceManager;
    const [mine, theirs] = await Promise.all([contents.get(path, { content: true }), this.original(path)]);
    const title = `${nameOf(path)}: yours and the new edition`;
    await this.open(path, "compared", compared(title, mine.content as NotebookCells, theirs));
  }

  /** Saves a notebook beside that of `path`, and opens it. */
  private async open(path: string, suffix: string, content: object): Promise<void> {
    const to = await this.freePath(path.replace(/\.ipynb$/, `-${suffix}`));
    await this.app.serviceManager.contents.save(to, { type: "notebook", format: "json", content });
    await this.app.commands.execute("docmanager:open", { path: to });
  }

  /** The path of a notebook that the reader does not have. */
  private async freePath(stem: string): Promise<string> {
    const { contents } = this.app.serviceManager;
    for (let number = 1; ; number++) {
      const path = `${stem}${number === 1 ? "" : `-${number}`}.ipynb`;
      const found: FileModel | undefined = await contents.get(path, { content: false }).catch(() => undefined);
      if (!found) return path;
    }
  }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The kept records by path; read each time, because the reader may have several pages open. */
function records(): Record<string, Kept> {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AT) ?? "{}") as Record<string, Kept>;
  } catch {
    return {};
  }
}

function change(path: string, to: (kept: Kept | undefined) => Kept | undefined): void {
  const all = records();
  // JSON leaves out what is undefined
  localStorage.setItem(KEPT_AT, JSON.stringify({ ...all, [path]: to(all[path]) }));
}

/** Undefined where the browser computes no digests. */
async function digest(text: string): Promise<string | undefined> {
  return "subtle" in crypto ? sha256(new TextEncoder().encode(text)) : undefined;
}
