import { dataFolders, hasFile } from "../../tools/mnistFolder";

function folderWith(name: string, what: string): { folder?: string; skip: string | false } {
  const folder = dataFolders.find((candidate) => hasFile(candidate, name));
  return { folder, skip: folder === undefined && `needs ${what} in DLFS_DATA or data/: npm run data fetches it` };
}

/** Where full MNIST is, or why the test is skipped. */
export const fullMnist = folderWith("t10k-images-idx3-ubyte", "full MNIST");

/** Where the book's weights are, or why the test is skipped. */
export const bookWeights = folderWith("sample_weight.pkl", "the book's sample_weight.pkl");

/** Runs `work` with DLFS_DATA set, or unset, and sets it back. */
export async function withDlfsData<T>(folder: string | undefined, work: () => Promise<T>): Promise<T> {
  const before = process.env.DLFS_DATA;
  set(folder);
  try {
    return await work();
  } finally {
    set(before);
  }
}

function set(folder: string | undefined): void {
  if (folder === undefined) delete process.env.DLFS_DATA;
  else process.env.DLFS_DATA = folder;
}
