import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { courseNotebooks, titlePicture } from "../../tools/notebook";
import { root } from "../../tools/root";
import type { MakeOptions } from "../make";

/** Writes the plot that README.md shows for each notebook. */
export function make({ check }: MakeOptions): void {
  const folder = join(root, "docs", "notebooks");
  mkdirSync(folder, { recursive: true });
  for (const name of courseNotebooks()) {
    const file = join(folder, name.replace(/\.ipynb$/, ".png"));
    const picture = titlePicture(name);
    if (existsSync(file) && readFileSync(file).equals(picture)) continue;
    if (!check) writeFileSync(file, picture);
    else {
      console.error(`${file} is out of date: run npm run make -- notebook-plots`);
      process.exitCode = 1;
    }
  }
}
