import type ts from "typescript";
import { provideHost } from "../../kernel/src/cells";
import type { SiteFiles } from "dlfs/dist/platform/browser/site";
import { browserHost } from "./host";
import { BrowserKernel } from "./kernel";
import { fetchFile, loadLibrary } from "./library";
import { SHARED, type FileAnswer, type FileQuestion, type FromWorker, type Start, type ToWorker } from "./messages";
import { scope } from "./scope";
import { installStacks } from "./stacks";
import type { TypeFiles } from "./typeFiles";

/** The kernel of one notebook in a worker: takes the messages of its page one after the other. */

/** The files of data/ that the site has, unless the reader has put others in their place. */
const OWN = new Set(["/data/sample_network.npz", "/data/digit.svg"]);
const COMPILER = "./typescript.js";
const post = (message: FromWorker) => scope.postMessage(message);
const questions = new Map<number, (answer: FileAnswer) => void>();
let lastQuestion = 0;
let presses = 0;
let kernel: BrowserKernel | undefined;

scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "start") void start(data);
  else if (data.kind === "file") questions.get(data.id)?.(data);
  else if (data.kind === "interrupt") void interrupt();
  else void answer(data.id, data.type, data.content);
};

async function start({ folder, pictures, shared }: Start): Promise<void> {
  provideHost(browserHost);
  installStacks();
  try {
    const [compiler, types, library] = await Promise.all([
      loadCompiler(),
      loadTypes(),
      loadLibrary(filesOf(folder), pictures, (bytes, of) => post({ kind: "fetching", bytes, of })),
    ]);
    const pressed = () => (shared ? Atomics.load(shared, SHARED.presses) : presses);
    kernel = new BrowserKernel({ compiler, types, folder, load: loaderOf(library), presses: pressed });
    post({ kind: "ready" });
  } catch (error) {
    post({ kind: "failed", message: (error as Error).message });
  }
}

/** The build puts TypeScript into a file of its own. */
async function loadCompiler(): Promise<typeof ts> {
  const { default: compiler } = (await import(COMPILER)) as { default: typeof ts };
  return compiler;
}

async function loadTypes(): Promise<TypeFiles> {
  return JSON.parse(new TextDecoder().decode(await fetchFile("types.json"))) as TypeFiles;
}

function loaderOf(library: object): (name: string) => unknown {
  return (name) => {
    if (name === "dlfs") return library;
    throw new Error(
      `import: ${name}: in the browser only dlfs can be imported: wanted the installed edition for others`,
    );
  };
}

async function answer(id: number, type: string, content: Record<string, unknown>): Promise<void> {
  const publish = (kind: string, published: object) =>
    post({ kind: "publish", id, type: kind, content: plain(published) });
  post({ kind: "reply", id, content: plain(await kernel!.answer(type, content, publish)) });
}

async function interrupt(): Promise<void> {
  presses++;
  await kernel?.interrupt();
  post({ kind: "interrupted" });
}

/** A copy that can be posted: metadata may be under symbols, and values may have methods. */
function plain(content: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(content)) as Record<string, unknown>;
}

/** The reader's files, about which the page is asked. */
function filesOf(folder: string): SiteFiles {
  const ask = (question: Omit<FileQuestion, "kind" | "id">): Promise<unknown> => {
    const id = ++lastQuestion;
    return new Promise((resolve, reject) => {
      questions.set(id, ({ value, error }) => {
        questions.delete(id);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      post({ kind: "file", id, ...question });
    });
  };
  return {
    folder,
    dataFolder: "/data",
    exists: async (path) => ((await ask({ action: "exists", path })) as boolean) || OWN.has(path),
    read: async (path) => {
      const content = (await ask({ action: "read", path })) as Uint8Array | undefined;
      return content ?? (OWN.has(path) ? fetchFile(path.slice("/data/".length)) : undefined);
    },
    write: async (path, content) => void (await ask({ action: "write", path, content })),
  };
}
