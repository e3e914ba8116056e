import { join, resolve } from "node:path";

/** The checkout. */
export const root = resolve(__dirname, "..");

export const venvPython = join(
  root,
  ".venv",
  ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
);

/** The folder for files that commands keep between runs. setup.mjs sets another one if the checkout is read-only. */
export const state = process.env.DLFS_STATE ?? join(root, ".setup");

/** Whether the checkout belongs to somebody else, and this user may only read it. */
export const readOnly = state !== join(root, ".setup");

/** What a command that must write into the checkout suggests instead. */
export const CLONE = "a clone of the project in a folder of your own";

/** The folder into which npm start writes the executed notebooks. */
export const out = process.env.DLFS_OUT ?? join(root, "out");

/** The arguments for Python to run a script, or -m and a module, so that it ends when this process has ended. */
export const attached = (...args: string[]): string[] => [
  join(root, "scripts", "attached.py"),
  String(process.pid),
  ...args,
];
