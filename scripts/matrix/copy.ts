import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../../tools/root";

/** What a clone would not have: it is installed, built, run or kept by git. */
const MADE = new Set(["node_modules", ".venv", ".setup", ".git", "dist", "out", ".ipynb_checkpoints"]);

/** Copies the checkout as it is, fetched data included, without anything that set-up makes. */
export function copyCheckout(folder: string): void {
  const filter = (path: string): boolean => !MADE.has(basename(path));
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root).filter(filter)) {
    cpSync(join(root, name), join(folder, name), { recursive: true, verbatimSymlinks: true, filter });
  }
}
