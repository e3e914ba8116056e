import { join, resolve } from "node:path";

/** The checkout. */
export const root = resolve(__dirname, "..");

export const venvPython = join(root, ".venv", ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]));
