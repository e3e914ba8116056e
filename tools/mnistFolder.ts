import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./root";

const FILES = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];

/** The folders that may contain downloaded files: that of DLFS_DATA if it is set, then data/. */
export const dataFolders: readonly string[] = [process.env.DLFS_DATA, "data"].flatMap((folder) =>
  folder ? [resolve(root, folder)] : [],
);

/** The folder of full MNIST; undefined if no folder contains the four files. */
export const mnistFolder = (): string | undefined => dataFolders.find(holdsMnist);

/** Whether a folder has the four files, packed or unpacked. */
export const holdsMnist = (folder: string): boolean => FILES.every((name) => hasFile(folder, `${name}-ubyte`));

/** Whether a folder has a file of this name, packed or unpacked. */
export const hasFile = (folder: string, name: string): boolean =>
  ["", ".gz"].some((ending) => existsSync(join(folder, name + ending)));
