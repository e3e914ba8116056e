import { join, resolve } from "node:path";

/** The checkout. */
export const root = resolve(__dirname, "..");

export const venvPython = join(
  root,
  ".venv",
  ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
);

/** What commands keep between runs; setup.mjs names another folder where the checkout can only be read. */
export const state = process.env.DLFS_STATE ?? join(root, ".setup");

/** Whether the checkout belongs to somebody else, who lets this user read it. */
export const readOnly = state !== join(root, ".setup");

/** What a command says that has to write there. */
export const CLONE = "a clone of the project in a folder of your own";

/** Where npm start puts the executed notebooks. */
export const out = process.env.DLFS_OUT ?? join(root, "out");

/** The arguments of Python for a script, or for -m and a module, that is to end when this process has ended. */
export const attached = (...args: string[]): string[] => [
  join(root, "scripts", "attached.py"),
  String(process.pid),
  ...args,
];
