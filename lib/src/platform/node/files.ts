import { existsSync, statSync } from "node:fs";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { NotAFile, type Files } from "../host";

/** The checkout's root: lib/src/platform/node and lib/dist/platform/node both lie four levels below it. */
const root = resolve(__dirname, "../../../..");
const checkout = join(root, "data");
/** An installed npm package has no checkout around it: the build has copied the project's own data files into it. */
const packaged = resolve(__dirname, "../../files");

export const files: Files = {
  dataFolder: existsSync(join(checkout, "sample_network.npz")) ? checkout : packaged,
  chosenFolder() {
    const chosen = process.env.DLFS_DATA;
    return chosen ? resolve(root, chosen) : undefined;
  },
  join,
  stem: (path) => basename(path, extname(path)),
  exists: (path) => Promise.resolve(existsSync(path)),
  folderTrouble(folder) {
    try {
      // reading a file in the folder needs the right to search the folder; statSync(folder) does not check it
      if (!statSync(folder).isDirectory()) return "is no folder";
      statSync(join(folder, "."));
      return undefined;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return code === "ENOENT" ? "is not there" : `cannot be read: ${message}`;
    }
  },
  async read(path) {
    const found = await stat(path);
    // reading a pipe or a device might never end
    if (!found.isFile()) throw new NotAFile(found.isDirectory() ? "a folder" : "a pipe or a device");
    return readFile(path);
  },
  async replace(path, content) {
    const beside = `${path}.${process.pid}.part`;
    try {
      await writeFile(beside, content);
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  },
};
