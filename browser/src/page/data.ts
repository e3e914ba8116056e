import { createStore, del, get, keys, set } from "idb-keyval";
import type { ReaderFiles } from "../client";
import { say } from "../words";
import { button } from "./elements";

/** Files in this browser: those that cells write, and those that the reader has chosen in a panel of the page. */

const store = createStore("dlfs-files", "files");

export const readerFiles: ReaderFiles = {
  read: (path) => get<Uint8Array>(path, store),
  exists: async (path) => (await get(path, store)) !== undefined,
  write: (path, content) => set(path, content, store),
};

/** The files that a panel takes. */
interface Taken {
  folder: string;
  names: RegExp;
  /** The name of a chosen file, if it is to be kept by another one. */
  rename(name: string): string;
  wanted: string;
  /** What is needed together; which of them are missing is told. */
  set: readonly string[];
  /** Whether a button writes the name of a kept file into the cell below the panel. */
  isUsedByName: boolean;
}

const MNIST = ["train", "t10k"].flatMap((part) => [`${part}-images-idx3-ubyte`, `${part}-labels-idx1-ubyte`]);

/** By the value of `data-files` of the panel. */
const PANELS: Record<string, Taken> = {
  mnist: {
    folder: "/data/",
    names: /^(train|t10k)-(images|labels)[-.]idx[13]-ubyte(\.gz)?$|^sample_weight\.pkl$/,
    rename: (name) => name.replace(/[-.](?=idx)/, "-"), // some copies are called train-images.idx3-ubyte
    wanted: listed([...MNIST, "sample_weight.pkl"]),
    set: MNIST,
    isUsedByName: false,
  },
  picture: {
    folder: "/notebooks/",
    names: /\.(png|jpe?g|gif|svg)$/i,
    rename: (name) => name,
    wanted: listed(["PNG", "JPEG", "GIF", "SVG"]),
    set: [],
    isUsedByName: true,
  },
};

/** Makes the page's panels for files work. `use` writes the name of a file into the cell below a panel. */
export function offerFiles(use: (panel: HTMLElement, name: string) => void): void {
  for (const panel of document.querySelectorAll<HTMLElement>("[data-files]"))
    offer(panel, PANELS[panel.dataset.files!], (name) => use(panel, name));
}

function offer(panel: HTMLElement, taken: Taken, use: (name: string) => void): void {
  const input = panel.querySelector("input")!;
  const status = panel.querySelector('[role="status"]')!;
  const forget = panel.querySelector("button")!;
  const tell = async (message = "") => {
    const names = await kept(taken);
    forget.hidden = names.length === 0;
    const missing = taken.set.filter((name) => !names.includes(name) && !names.includes(`${name}.gz`));
    const isPart = missing.length > 0 && missing.length < taken.set.length;
    status.textContent = [
      message,
      names.length > 0 ? say("Kept in this browser: {names}.", { names: listed(names) }) : "",
      isPart ? say("Still missing: {names}.", { names: listed(missing) }) : "",
      "",
    ]
      .join(" ")
      .trimStart();
    if (taken.isUsedByName)
      status.append(...names.map((name) => button(say("Use {name} in the cell below", { name }), () => use(name))));
  };
  input.addEventListener("change", () => {
    const chosen = [...(input.files ?? [])];
    input.value = ""; // so that the same files can be chosen again, when they have changed or were removed
    void keep(chosen, taken).then(tell, (error: unknown) =>
      tell(say("The files could not be kept: {reason}.", { reason: (error as Error).message })),
    );
  });
  forget.addEventListener("click", () => {
    void kept(taken)
      .then((names) => Promise.all(names.map((name) => del(taken.folder + name, store))))
      .then(() => tell(say("Removed.")));
  });
  void tell().catch(() => {}); // a browser that keeps nothing, as in a private window
}

/** Keeps the files; returns what is to be said of those that were refused. */
async function keep(files: File[], { folder, names, rename, wanted }: Taken): Promise<string> {
  const refused = files.filter(({ name }) => !names.test(name)).map(({ name }) => name);
  for (const file of files.filter(({ name }) => names.test(name))) {
    await set(folder + rename(file.name), new Uint8Array(await file.arrayBuffer()), store);
  }
  return refused.length === 0 ? "" : say("Not taken: {names}: wanted {wanted}.", { names: listed(refused), wanted });
}

/** Names as the page's language lists them. */
function listed(names: readonly string[]): string {
  return new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names);
}

async function kept({ folder, names }: Taken): Promise<string[]> {
  return (await keys<string>(store))
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length))
    .filter((name) => names.test(name));
}
