import { posix } from "node:path";
import { languages, nameOfLanguage, notebooksFolder, readTranslated, readWords, translated } from "../../tools/edition";
import { filled, type Values } from "../src/filled";
import { escaped } from "./escaped";

/** The languages of the site. English pages are at its root, those of another language in a folder. */

export class SiteLanguage {
  /** @param folder - the language's folder of notebooks and of pages; English has none */
  constructor(readonly folder?: string) {}

  /** The value of the attribute `lang`. */
  get tag(): string {
    return this.folder === undefined ? "en" : readTranslated(this.folder).language;
  }

  /** The language's name in itself. */
  get name(): string {
    return nameOfLanguage(this.folder ?? "en");
  }

  get notebooks(): string {
    return notebooksFolder(this.folder);
  }

  /** The way from its pages to the site's root. */
  get up(): string {
    return this.folder === undefined ? "" : "../";
  }

  /** The path of a page or a notebook of this language, from the folder of all. */
  path(name: string): string {
    return posix.join(this.folder ?? "", name);
  }

  /** An English text in this language, its places filled. */
  text(text: string, values?: Values): string {
    return filled(translated(text, this.folder), values);
  }

  /** The same as HTML. */
  say(text: string, values?: Values): string {
    return escaped(this.text(text, values));
  }

  /** For pages in this language: the words that their script looks up. */
  get words(): string {
    if (this.folder === undefined) return "";
    const json = JSON.stringify(readWords(this.folder)).replaceAll("<", "\\u003c");
    return `<script type="application/json" id="words">${json}</script>`;
  }

  /** Links to the same page in the other languages. */
  links(page: string): string {
    const others = siteLanguages().filter(({ folder }) => folder !== this.folder);
    return others
      .map((other) => `<a href="${this.up}${other.path(page)}"${other.attributes}>${other.name}</a>`)
      .join(" · ");
  }

  /** The attributes of a link to a page in this language, by which the site remembers the reader's choice. */
  get attributes(): string {
    return ` lang="${this.tag}" hreflang="${this.tag}" data-language="${this.folder ?? "en"}"`;
  }
}

export const ENGLISH = new SiteLanguage();

export const siteLanguages = (): SiteLanguage[] =>
  [undefined, ...languages()].map((folder) => new SiteLanguage(folder));
