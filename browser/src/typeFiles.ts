import type { Files } from "../../kernel/src/compile";

/** The declaration files that build/types.ts has collected: texts by path. */
export type TypeFiles = Readonly<Record<string, string>>;

/** Where the collected files of TypeScript itself are. */
export const LIBRARY_FOLDER = "/typescript";
/** The folder in whose node_modules the collected packages are. */
export const PACKAGES_FOLDER = "/packages";
/** The declarations of what a worker has beside JavaScript itself. */
export const GLOBALS_FILE = "/globals.d.ts";

/** The collected files as those that the compiler can read. */
export function filesOf(texts: TypeFiles, folder: string): Files {
  const folders = new Set(["", "/", folder]); // the compiler looks into a folder only if it is there
  for (const path of Object.keys(texts)) {
    for (let parent = parentOf(path); parent !== ""; parent = parentOf(parent)) folders.add(parent);
  }
  return {
    folder,
    readFile: (path) => texts[path],
    fileExists: (path) => Object.hasOwn(texts, path),
    directoryExists: (path) => folders.has(path),
    getDirectories: (path) =>
      [...folders].filter((one) => parentOf(one) === path).map((one) => one.slice(path.length + 1)),
    version: () => "1",
    libraryFolder: LIBRARY_FOLDER,
    typesFile: undefined,
    globals: texts[GLOBALS_FILE],
    fallbackFolder: PACKAGES_FOLDER,
    importHint: "In a browser only dlfs can be imported; the installed edition has all packages of npm.",
  };
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
