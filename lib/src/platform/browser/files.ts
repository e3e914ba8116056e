import type { Files } from "../host";
import { site } from "./site";

export const files: Files = {
  get dataFolder() {
    return site().files.dataFolder;
  },
  chosenFolder: () => undefined,
  join: (folder, name) => `${folder}/${name}`,
  stem: (path) => path.slice(path.lastIndexOf("/") + 1).replace(/(?<=.)\.[^.]*$/, ""),
  exists: (path) => site().files.exists(absolute(path)),
  folderTrouble: () => undefined,
  async read(path) {
    const content = await site().files.read(absolute(path));
    if (content === undefined) throw new Error("there is no such file");
    return content;
  },
  replace: (path, content) => site().files.write(absolute(path), content),
};

/** The path from the root, without "." and "..". */
function absolute(path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${site().files.folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
