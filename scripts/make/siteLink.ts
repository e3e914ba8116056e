import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";
import type { MakeOptions } from "../make";
import { replacePart } from "./part";

/** Writes into README.md where the browser edition is: the address in `homepage` of package.json, if that is set. */
export function make({ check }: MakeOptions): void {
  const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { homepage?: string };
  replacePart("site-link", "README.md", siteLink(homepage), check);
}

export function siteLink(homepage: string | undefined): string {
  return homepage === undefined
    ? "The notebooks also run in a browser, as pages and in JupyterLite: `npm run site -- --serve` builds this edition and shows it on\nthis machine ([how](browser/README.md)).\n"
    : `Or install nothing: [open the notebooks in your browser](${homepage}). Each is a page with its outputs and plots, whose cells you\ncan change and run there ([how](browser/README.md)).\n`;
}
