import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { courseNotebooks } from "../../tools/notebook";
import { root } from "../../tools/root";

const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(root, ...path), "utf8")) as T;

interface Notebook {
  cells: { id: string; cell_type: string; source: string | string[] }[];
}

interface Expected {
  cells: { id: string; source: string }[];
}

/**
 * The notebooks that are a reader's own, since he has changed their code or made a copy: no test of this project judges
 * them. CI has none.
 */
export function ownVersions(): string[] {
  if (process.env.CI) return [];
  return courseNotebooks().filter((name) => code(name) !== keptCode(name));
}

function code(name: string): string {
  const cells = read<Notebook>("notebooks", name).cells.filter(({ cell_type }) => cell_type === "code");
  return JSON.stringify(cells.map(({ id, source }) => [id, digest([source].flat().join(""))]));
}

/** The code is the same in the expectations of both data sets; undefined for a notebook that has none. */
function keptCode(name: string): string | undefined {
  const path = ["test", "notebooks", "expected", "digits", name.replace(/\.ipynb$/, ".json")];
  if (!existsSync(join(root, ...path))) return undefined;
  const { cells } = read<Expected>(...path);
  return JSON.stringify(cells.map(({ id, source }) => [id, source]));
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
