import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  cellDigests,
  editionDifferences,
  languages,
  notebooksFolder,
  outdatedCells,
  pagesOf,
  readTranslated,
  withTranslation,
  type Translated,
} from "../../tools/edition";
import { replaceFile } from "../../tools/files";
import { courseNotebooks, digestOf, readNotebook, type Notebook } from "../../tools/notebook";
import { root } from "../../tools/root";

/** What the commands do with the editions in other languages. */

/** Writes code, outputs and metadata of the English notebooks into each edition; returns the files that changed. */
export function writeEditions(names = courseNotebooks()): string[] {
  return languages().flatMap((language) => {
    const files = names.map((name) => {
      const file = join(notebooksFolder(language), name);
      const whole = withTranslation(english(name), existsSync(file) ? readNotebook(file) : undefined);
      return writeIfChanged(file, `${JSON.stringify(whole, null, 1)}\n`);
    });
    return files.filter((file) => file !== undefined);
  });
}

/** What a comparison of an edition with the English notebooks finds. */
export interface EditionReport {
  /** One line for each difference other than the words. */
  differences: string[];
  /** One line for each cell or page whose English has changed since it was translated. */
  outdated: string[];
}

/** Compares an edition with the English notebooks; runs nothing. */
export function compareEdition(language: string, names: readonly string[]): EditionReport {
  const differences = names.flatMap((name) => {
    const file = join(notebooksFolder(language), name);
    return existsSync(file)
      ? editionDifferences(name, english(name), readNotebook(file), language)
      : [`notebooks/${language}/${name} is missing`];
  });
  const known = courseNotebooks();
  const gone = Object.keys(readTranslated(language).notebooks).filter((name) => !known.includes(name));
  return {
    differences: [
      ...differences,
      ...gone.map((name) => `translated.json of ${language} names ${name}, which is not there`),
    ],
    outdated: outdatedTexts(language, names),
  };
}

/** One line for each cell or page whose English has changed since it was translated. */
export function outdatedTexts(language: string, names: readonly string[]): string[] {
  const { notebooks, pages } = readTranslated(language);
  const cells = names.flatMap((name) =>
    outdatedCells(english(name), notebooks[name]).map(
      (id) => `notebooks/${language}/${name}, cell ${id}: ${stateOf(notebooks[name]?.[id])}`,
    ),
  );
  const oldPages = [...pagesOf(language)]
    .filter(([page]) => existsSync(join(root, page)) && pages[page] !== digestOf(textOf(page)))
    .map(([page, translation]) => `${translation}: ${stateOf(pages[page])}`);
  return [...cells, ...oldPages];
}

const stateOf = (digest: string | undefined): string =>
  digest === undefined ? "not translated yet" : "its English has changed since it was translated";

/** Records that the cells of these notebooks, and the pages, are translations of the English as it is now. */
export function recordTranslated(language: string, names: readonly string[]): void {
  const before = readTranslated(language);
  const others = Object.entries(before.notebooks).filter(([name]) => !names.includes(name));
  const notebooks = Object.fromEntries(
    [...others, ...names.map((name) => [name, cellDigests(english(name))] as const)].sort(
      ([a], [b]) => Number.parseInt(a) - Number.parseInt(b),
    ),
  );
  const pages = Object.fromEntries([...pagesOf(language).keys()].map((page) => [page, digestOf(textOf(page))]));
  const after: Translated = { ...before, pages, notebooks };
  writeIfChanged(join(notebooksFolder(language), "translated.json"), `${JSON.stringify(after, null, 1)}\n`);
}

const english = (name: string): Notebook => readNotebook(join(notebooksFolder(), name));
const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

/** The file's path, if it had another text. */
function writeIfChanged(file: string, text: string): string | undefined {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return undefined;
  replaceFile(file, text);
  return file;
}
