import { createStore, del, get, keys, set } from "idb-keyval";
import type { ReaderFiles } from "../client";

/** Files in this browser: those that cells write, and MNIST's own files if the reader has chosen them. */

const store = createStore("dlfs-files", "files");
const MNIST = /^(train|t10k)-(images|labels)[-.]idx[13]-ubyte(\.gz)?$/;

export const readerFiles: ReaderFiles = {
  read: (path) => get<Uint8Array>(path, store),
  exists: async (path) => (await get(path, store)) !== undefined,
  write: (path, content) => set(path, content, store),
};

/** Makes the page's panel for MNIST's files work, if the page has one. */
export function offerData(): void {
  const input = document.querySelector<HTMLInputElement>("#mnist-files");
  const status = document.querySelector("#data-status");
  const forget = document.querySelector<HTMLButtonElement>('[data-do="forget-data"]');
  if (!input || !status || !forget) return;
  const tell = async (message = "") => {
    const kept = await keptMnist();
    forget.hidden = kept.length === 0;
    status.textContent = `${message} ${kept.length > 0 ? `Kept in this browser: ${kept.join(", ")}.` : ""}`.trim();
  };
  input.addEventListener("change", () => {
    void keep([...(input.files ?? [])]).then(tell, (error: unknown) =>
      tell(`The files could not be kept: ${(error as Error).message}.`),
    );
  });
  forget.addEventListener("click", () => {
    void keptMnist()
      .then((names) => Promise.all(names.map((name) => del(`/data/${name}`, store))))
      .then(() => tell("Removed."));
  });
  void tell().catch(() => {}); // a browser that keeps nothing, as in a private window
}

async function keep(files: File[]): Promise<string> {
  const refused = files.filter(({ name }) => !MNIST.test(name)).map(({ name }) => name);
  const taken = files.filter(({ name }) => MNIST.test(name));
  for (const file of taken) {
    const name = file.name.replace(/[-.](?=idx)/, "-"); // some copies are called train-images.idx3-ubyte
    await set(`/data/${name}`, new Uint8Array(await file.arrayBuffer()), store);
  }
  return refused.length === 0
    ? ""
    : `Not taken: ${refused.join(", ")}: wanted train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte.`;
}

async function keptMnist(): Promise<string[]> {
  const names = (await keys<string>(store)).map((path) => path.replace("/data/", ""));
  return names.filter((name) => MNIST.test(name));
}
