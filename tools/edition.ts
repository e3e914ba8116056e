import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { digestOf, joined, type Cell, type Notebook } from "./notebook";
import { root } from "./root";

/**
 * The editions of the notebooks in other languages: folders of notebooks/ such as notebooks/ja. An edition has the
 * cells of the English notebooks; only their Markdown is translated.
 */

/** What `translated.json` in the folder of an edition holds. */
export interface Translated {
  /** The tag of the language, as `zh-Hans`. */
  language: string;
  /** The digest of the English text of each page from which it was translated, by the page's path. */
  pages: Record<string, string>;
  /** The same for each Markdown cell, by the notebook's name and the cell's id. */
  notebooks: Record<string, Record<string, string>>;
}

const NOTEBOOKS = join(root, "notebooks");

/** The folder of the notebooks in a language; English without one. */
export const notebooksFolder = (language?: string): string => join(NOTEBOOKS, language ?? "");

/** The languages of the editions, which are the names of their folders. */
export function languages(): string[] {
  const names = readdirSync(NOTEBOOKS).filter((name) => existsSync(join(NOTEBOOKS, name, "translated.json")));
  return names.sort();
}

export function readTranslated(language: string): Translated {
  return JSON.parse(readFileSync(join(notebooksFolder(language), "translated.json"), "utf8")) as Translated;
}

/** The name of a language in itself: `日本語`. */
export function nameOfLanguage(language: string): string {
  return new Intl.DisplayNames([language], { type: "language" }).of(language)!;
}

/**
 * A text of the commands or of the site in the words of an edition, from `words.json` in its folder.
 * @throws Error if the edition lacks it
 */
export function translated(text: string, language?: string): string {
  if (language === undefined) return text;
  const found = readWords(language)[text];
  if (found === undefined) throw new Error(`notebooks/${language}/words.json: no "${text}": wanted its translation`);
  return found;
}

/** The texts of the site in the words of an edition, by the English ones. Each file is read once. */
export function readWords(language: string): Record<string, string> {
  const file = join(notebooksFolder(language), "words.json");
  return (wordsRead[language] ??= JSON.parse(readFileSync(file, "utf8")) as Record<string, string>);
}
const wordsRead: Record<string, Record<string, string>> = {};

/** The pages of an edition by the English pages that they translate, all as paths from the checkout. */
export function pagesOf(language: string): Map<string, string> {
  return new Map([
    ["README.md", `README.${language}.md`],
    ["notebooks/README.md", `notebooks/${language}/README.md`],
  ]);
}

/**
 * The links from a notebook or a contents page to the same file in the other languages, as they stand at its top.
 *
 * @param file - the name of the file, which is the same in all folders
 * @param language - that of the folder in which the links stand; English if undefined
 */
export function languageLinks(file: string, language?: string): string {
  const others = [undefined, ...languages()].filter((other) => other !== language);
  const link = (other?: string): string => {
    const path = posix.join(language === undefined ? "" : "..", other ?? "", file);
    return `[${nameOfLanguage(other ?? "en")}](${path})`;
  };
  return others.map(link).join(" · ");
}

/** The digest of each Markdown cell by the cell's id. */
export function cellDigests({ cells }: Notebook): Record<string, string> {
  return Object.fromEntries(cells.filter(isMarkdown).map(({ id, source }) => [id, digestOf(joined(source))]));
}

/** The ids of the Markdown cells that have not been translated from the English text that they have now. */
export function outdatedCells(english: Notebook, translatedFrom: Readonly<Record<string, string>> = {}): string[] {
  const now = Object.entries(cellDigests(english));
  return now.filter(([id, digest]) => translatedFrom[id] !== digest).map(([id]) => id);
}

/** The English notebook with the Markdown of an edition. A cell that the edition does not have stays English. */
export function withTranslation(english: Notebook, edition: Notebook | undefined): Notebook {
  const texts = new Map((edition?.cells ?? []).filter(isMarkdown).map(({ id, source }) => [id, source]));
  const cells = english.cells.map((cell) =>
    isMarkdown(cell) ? { ...cell, source: texts.get(cell.id) ?? cell.source } : cell,
  );
  return { ...english, cells };
}

/** One line for each difference between an edition's notebook and the English one, other than the words. */
export function editionDifferences(name: string, english: Notebook, edition: Notebook, language: string): string[] {
  const { cells: wanted, ...rest } = english;
  const { cells, ...ownRest } = edition;
  const about = (what: string): string => `notebooks/${language}/${name}, ${what}`;
  const ids = (list: readonly Cell[]): string => list.map(({ id }) => id).join(" ");
  if (ids(cells) !== ids(wanted)) {
    const at = wanted.findIndex(({ id }, i) => cells[i]?.id !== id);
    const found = at < 0 ? cells[wanted.length].id : (cells[at]?.id ?? "the end");
    return [about(`cell ${at < 0 ? cells.length : at + 1}: ${found}, wanted ${wanted[at]?.id ?? "the end"}`)];
  }
  const others = isDeepStrictEqual(rest, ownRest)
    ? []
    : [about("the notebook's metadata differ from the English ones")];
  const differing = wanted.flatMap((cell, i) =>
    (isMarkdown(cell) ? markdownDifferences(cell, cells[i], language) : codeDifferences(cell, cells[i])).map((text) =>
      about(`cell ${cell.id}: ${text}`),
    ),
  );
  return [...others, ...differing];
}

const isMarkdown = ({ cell_type }: Cell): boolean => cell_type === "markdown";

function codeDifferences(english: Cell, cell: Cell): string[] {
  const parts = [...new Set([...Object.keys(english), ...Object.keys(cell)])] as (keyof Cell)[];
  return parts
    .filter((part) => !isDeepStrictEqual(english[part], cell[part]))
    .map((part) => `its ${part} differs from the English one`);
}

/** What a translation keeps, as lists whose order does not matter. */
const KEPT: Record<string, (markdown: string, language?: string) => string[]> = {
  "blocks of code": (markdown) => matches(markdown, CODE_BLOCK),
  formulas: (markdown) => matches(prose(markdown).replace(CODE, ""), FORMULA),
  "pieces of code": (markdown) => [...new Set(matches(prose(markdown), CODE))],
  links: (markdown, language) => matches(prose(markdown), LINK).map((target) => inEdition(target, language)),
  headings: (markdown) => matches(prose(markdown), /^#+(?= )/gm),
  "items of lists": (markdown) => matches(prose(markdown), /^ *(?:[-*]|\d+\.)(?= )/gm),
  "rows of tables": (markdown) => matches(prose(markdown), /^\|/gm),
};
const CODE_BLOCK = /^```[^]*?^```/gm;
const FORMULA = /\$\$[^]+?\$\$|\$[^$\n]+\$/g;
const CODE = /`[^`\n]+`/g;
const WORD = /\p{L}{2}/u;
const LINK = /(?<=\]\()[^)\s]+/g;

const matches = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? [];
const prose = (markdown: string): string => markdown.replace(CODE_BLOCK, "");

function markdownDifferences(english: Cell, cell: Cell, language: string): string[] {
  const [text, translation] = [joined(english.source), joined(cell.source)];
  if (text === translation && WORD.test(prose(text).replace(CODE, "").replace(FORMULA, "")))
    return ["it is still in English"];
  const wrong = Object.entries(KEPT).flatMap(([what, of]) => {
    const [wanted, found] = [of(text, language).sort(), of(translation).sort()];
    if (isDeepStrictEqual(wanted, found)) return [];
    const [missing, more] = [less(wanted, found), less(found, wanted)];
    return [`its ${what} differ from the English ones: ${[...missing.map((one) => `no ${one}`), ...more].join(", ")}`];
  });
  return isDeepStrictEqual(english.metadata, cell.metadata)
    ? wrong
    : [...wrong, "its metadata differ from the English ones"];
}

/** The items of a list that another one has less often. */
function less(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((item) => {
    const at = rest.indexOf(item);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/**
 * The target of a link of an English notebook as it is in an edition: notebooks and the contents page are those of the
 * edition, and what is elsewhere is one folder further away.
 */
function inEdition(target: string, language?: string): string {
  if (language === undefined || /^(?:https?:|#)/.test(target)) return target;
  const [folder, name] = target.split("/");
  if (folder === language) return `../${name}`; // the link to this edition becomes the link to the English one
  const isBeside = name === undefined && /\.ipynb(?:#|$)|^README\.md/.test(target);
  return isBeside ? target : `../${target}`;
}
