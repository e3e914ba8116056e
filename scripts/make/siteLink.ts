import { readFileSync } from "node:fs";
import { join } from "node:path";
import { languages, translated } from "../../tools/edition";
import { root } from "../../tools/root";
import type { MakeOptions } from "../make";
import { replacePart } from "./part";

/**
 * Writes into README.md, and into the README of each language, where the browser edition is: the address in `homepage`
 * of package.json, if that is set.
 */
export function make({ check }: MakeOptions): void {
  const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { homepage?: string };
  replacePart("site-link", "README.md", siteLink(homepage), check);
  for (const language of languages())
    replacePart("site-link", `README.${language}.md`, siteLink(homepage, language), check);
}

const BUILT_HERE =
  "The notebooks also run in a browser, as pages and in JupyterLite: `npm run site -- --serve` builds this edition and shows it on this machine ([how](browser/README.md)).";
const PUBLISHED =
  "Or install nothing: [open the notebooks in your browser](ADDRESS). Each is a page with its outputs and plots, whose cells you can change and run there ([how](browser/README.md)).";

export function siteLink(homepage: string | undefined, language?: string): string {
  if (homepage === undefined) return `${translated(BUILT_HERE, language)}\n`;
  const address = language === undefined ? homepage : `${homepage.replace(/\/?$/, "/")}${language}/`;
  return `${translated(PUBLISHED, language).replace("ADDRESS", address)}\n`;
}
