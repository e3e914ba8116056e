import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { root } from "./root";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads a command's options; prints the help and ends at --help, and names an option that there is not. */
export function readArguments<T extends Options>(help: string, options: T) {
  try {
    const config = { options: { ...options, help: { type: "boolean" as const, short: "h" } }, allowPositionals: true as const };
    const { values, positionals } = parseArgs(config);
    if ((values as { help?: boolean }).help) {
      console.log(help.trim());
      process.exit(0);
    }
    return { values, positionals };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help.trim()}`);
    process.exit(1);
  }
}

/** The notebooks of the project whose names begin with one of the words, as `5` or `5-back`; all of them without a word. */
export function chooseNotebooks(available: string[], words: string[]): string[] {
  const chosen = words.length === 0 ? available : available.filter((name) => words.some((word) => name.startsWith(word.replace(/^notebooks\//, ""))));
  const idle = words.find((word) => !available.some((name) => name.startsWith(word.replace(/^notebooks\//, ""))));
  if (idle !== undefined) {
    console.error(`no notebook is called "${idle}"; there are ${available.join(", ")}`);
    process.exit(1);
  }
  return chosen;
}

/** The notebooks that stand for the sources and are there. */
export function projectNotebooks(documents: Record<string, { notebook: string }>): string[] {
  const there = new Set(readdirSync(join(root, "notebooks")));
  return Object.values(documents).map(({ notebook }) => notebook).filter((name) => there.has(name)).sort();
}
