import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../../tools/root";

/** Files and folders that a clone would not contain: installed or built ones, outputs, and git's own folder. */
const MADE = new Set(["node_modules", ".venv", ".setup", ".git", "dist", "out", ".ipynb_checkpoints"]);

/** Copies the checkout with its changes and downloaded data, but without the files that the set-up makes. */
export function copyCheckout(folder: string): void {
  const filter = (path: string): boolean => !MADE.has(basename(path));
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root).filter(filter)) {
    cpSync(join(root, name), join(folder, name), { recursive: true, verbatimSymlinks: true, filter });
  }
}
