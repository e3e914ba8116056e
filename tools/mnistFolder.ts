import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./root";

const FILES = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];

/** The folder of full MNIST: that of DLFS_DATA, else data/; undefined where neither holds the four files. */
export const mnistFolder = (): string | undefined =>
  [process.env.DLFS_DATA, "data"].flatMap((folder) => (folder ? [resolve(root, folder)] : [])).find(holdsMnist);

/** Whether a folder has the four files, packed or unpacked. */
export const holdsMnist = (folder: string): boolean =>
  FILES.every((name) => ["", ".gz"].some((ending) => existsSync(join(folder, `${name}-ubyte${ending}`))));
