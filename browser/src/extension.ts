import { KernelClient, type ReaderFiles } from "./client";
import { NotebookEditions, OPEN_ORIGINAL } from "./editions";
import { beginVisit } from "./offline/visit";
import { keepJupyterLite, tellOfFetch, tellOfNewerEdition } from "./notifications";
import type {
  Application,
  Contents,
  Extension,
  IKernel,
  JupyterMessage,
  KernelOptions,
  KernelSpecs,
  LiteKernels,
  MainMenu,
  Palette,
  ShareScope,
  SignalClass,
} from "./jupyterlite";

/**
 * The extension of JupyterLite that offers the kernel `tslab`. JupyterLite loads it as one of its federated extensions:
 * a script that puts a container into `window._JUPYTERLAB`, which gets the modules that all extensions share.
 */

const NAME = "dlfs-kernel-extension";
declare const BUILD_ID: string;
declare const EDITION: string;
/** The pages of the site that stand for Markdown files, which JupyterLite's simple view shows as source text only. */
declare const PAGES: Record<string, string>;
/** The tags of the languages by the folders of their notebooks, as `zh-Hans`. */
declare const LANGUAGES: Record<string, string>;
/** The digest of each notebook's text, by its path. */
declare const ORIGINALS: Record<string, string>;

const OPEN_SITE = "dlfs:open-site";
const here = (document.currentScript as HTMLScriptElement).src; // <site>/lite/extensions/<name>/static/remoteEntry.js
const site = new URL("../../../../", here);
const worker = new URL(`kernel/worker.js?v=${BUILD_ID}`, site).href;
let shared: ShareScope | undefined;

/** The module of this name that JupyterLite itself uses. */
async function sharedModule<T>(name: string): Promise<T> {
  const [version] = Object.values(shared![name]);
  return (await version.get())() as T;
}

/** Says which notebook this page shows, and in which language, so that the browser takes the right glyphs. */
function tellNotebook(): void {
  const path = new URLSearchParams(location.search).get("path") ?? "";
  if (!(path in ORIGINALS)) return;
  const [name, folder = ""] = path.split("/").reverse();
  document.documentElement.lang = LANGUAGES[folder === "notebooks" ? "" : folder];
  document.title = name.replace(/\.ipynb$/, "");
}

/** Goes to the page of the site if this is the simple view of a file that has one, as after a click on Contents. */
function showPage(): void {
  const [view] = location.pathname.slice(new URL("lite/", site).pathname.length).split("/");
  const page = PAGES[new URLSearchParams(location.search).get("path") ?? ""];
  if (view !== "lab" && page !== undefined) location.replace(new URL(page, site));
}

class TypeScriptKernel implements IKernel {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly disposed: InstanceType<SignalClass>;
  isDisposed = false;
  private readonly client: KernelClient;
  private running: JupyterMessage | undefined;

  constructor(
    private readonly options: KernelOptions,
    Signal: SignalClass,
    { commands, serviceManager }: Application,
  ) {
    this.id = options.id;
    this.name = options.name;
    this.location = options.location;
    this.disposed = new Signal(this);
    const folder = folderOf(options.location);
    this.client = new KernelClient({
      worker,
      folder,
      files: filesIn(serviceManager.contents),
      onFetch: tellOfFetch(commands),
      onRestart: (reason) => this.tellRestart(reason),
    });
  }

  get ready(): Promise<void> {
    return this.client.ready;
  }

  interrupt(): Promise<void> {
    return this.client.interrupt();
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.client.dispose();
    this.disposed.emit(undefined);
  }

  async handleMessage(message: JupyterMessage): Promise<void> {
    const type = message.header.msg_type.replace(/_request$/, "");
    this.send(message, "iopub", "status", { execution_state: "busy" });
    if (type === "execute") this.running = message;
    try {
      const reply = await this.answer(type, message);
      if (reply) this.send(message, "shell", `${type}_reply`, reply);
    } finally {
      this.running = undefined;
      this.send(message, "iopub", "status", { execution_state: "idle" });
    }
  }

  private async answer(type: string, message: JupyterMessage): Promise<object | undefined> {
    if (type === "comm_info") return { status: "ok", comms: {} };
    if (type === "comm_open") this.send(message, "iopub", "comm_close", { comm_id: message.content.comm_id, data: {} });
    if (/^comm|^input/.test(type)) return undefined; // the kernel has no widgets, and asks for no input
    return this.client.request(type, message.content, (kind, content) => {
      if (kind !== "status") this.send(message, "iopub", kind, content);
    });
  }

  /** Tells the reader, in the cell that ran if one did, that all variables are lost. */
  private tellRestart(reason = "the reader asked for it"): void {
    if (this.isDisposed || !this.running) return;
    const text = `The kernel was started again, because ${reason}. All variables are lost: run the cells above again (Run > Run All Above Selected Cell).\n`;
    this.send(this.running, "iopub", "stream", { name: "stderr", text });
  }

  private send(parent: JupyterMessage, channel: string, type: string, content: object): void {
    this.options.sendMessage({
      channel,
      header: {
        msg_id: crypto.getRandomValues(new Uint32Array(4)).join("-"),
        msg_type: type,
        session: parent.header.session,
        username: "",
        date: new Date().toISOString(),
        version: "5.3",
      },
      parent_header: parent.header,
      metadata: {},
      content: content as Record<string, unknown>,
      buffers: [],
    });
  }
}

/** The folder of the notebook, as "/notebooks"; "" at the root. The location may be that of the notebook itself. */
function folderOf(location: string): string {
  const folder = location.replace(/^[^/:]*:/, "").replace(/[^/]*\.ipynb$/, "");
  return folder
    .split("/")
    .filter(Boolean)
    .map((part) => `/${part}`)
    .join("");
}

/** The files that JupyterLite's file browser shows. */
function filesIn(contents: Contents): ReaderFiles {
  const get = (path: string, content: boolean) =>
    contents.get(path.slice(1), { content, format: "base64", type: "file" });
  return {
    exists: (path) => get(path, false).then(isFile, () => false),
    async read(path) {
      const found = await get(path, true).catch(() => undefined);
      if (!found || !isFile(found)) return undefined;
      if (found.format === "base64")
        return Uint8Array.from(atob(found.content as string), (letter) => letter.charCodeAt(0));
      const text = typeof found.content === "string" ? found.content : JSON.stringify(found.content);
      return new TextEncoder().encode(text);
    },
    async write(path, content) {
      let text = "";
      for (const byte of content) text += String.fromCharCode(byte);
      await contents.save(path.slice(1), { type: "file", format: "base64", content: btoa(text) });
    },
  };
}

const isFile = ({ type }: { readonly type: string }): boolean => type !== "directory";

async function plugins(): Promise<Extension[]> {
  const { IKernelSpecs, IKernelClient } = await sharedModule<Record<string, object>>("@jupyterlite/services");
  const { IMainMenu } = await sharedModule<Record<string, object>>("@jupyterlab/mainmenu");
  const { ICommandPalette } = await sharedModule<Record<string, object>>("@jupyterlab/apputils");
  const { Signal } = await sharedModule<{ Signal: SignalClass }>("@lumino/signaling");
  const kernels = new Map<string, TypeScriptKernel>();
  return [
    {
      id: `${NAME}:kernel`,
      autoStart: true,
      requires: [IKernelSpecs, IKernelClient],
      optional: [IMainMenu, ICommandPalette],
      activate(app, ...services) {
        const [specs, client, menu, palette] = services as [KernelSpecs, LiteKernels, MainMenu?, Palette?];
        showPage();
        tellNotebook();
        new NotebookEditions(app, ORIGINALS, new URL("lite/files/", site));
        app.commands.addCommand(OPEN_SITE, {
          label: "Contents of This Course",
          execute: () => void window.open(new URL("index.html", site)),
        });
        menu?.helpMenu.addGroup([{ command: OPEN_SITE }, { command: OPEN_ORIGINAL }], 0);
        palette?.addItem({ command: OPEN_ORIGINAL, category: "Notebook Operations" });
        beginVisit(site, EDITION, { newer: (show) => tellOfNewerEdition(app.commands, show) });
        specs.register({
          spec: {
            name: "tslab",
            display_name: "TypeScript",
            language: "typescript",
            argv: [],
            resources: { "logo-svg": new URL("logo.svg", here).href },
          },
          create(options) {
            const kernel = new TypeScriptKernel(options, Signal, app);
            kernels.set(options.id, kernel);
            kernel.ready.then(
              () => {
                tellNotebook(); // JupyterLite has given the page its own title meanwhile
                return keepJupyterLite(app.commands);
              },
              () => {}, // JupyterLite tells the reader that the kernel could not be started
            );
            return Promise.resolve(kernel);
          },
        });
        // JupyterLite's own interrupt only takes the waiting cells back
        const cancel = client.interrupt.bind(client);
        client.interrupt = async (id) => {
          await cancel(id);
          await kernels.get(id)?.interrupt();
        };
      },
    },
  ];
}

const container = {
  init: (scope: ShareScope) => void (shared = scope),
  get: async (module: string) => {
    const exported = module === "./extension" ? await plugins() : {};
    return () => ({ __esModule: true, default: exported });
  },
};
const registry = ((window as { _JUPYTERLAB?: Record<string, unknown> })._JUPYTERLAB ??= {});
registry[NAME] = container;
