import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { root } from "../tools/root";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * Reads a command's options; ends the command with a sentence at an option that there is not, at a word where the
 * command takes none, and at an empty text. setup.mjs prints the help: --help stands here for who starts a script by
 * hand.
 */
export function readArguments<T extends Options>(help: string, options: T, takesWords = true) {
  const config = {
    options: { ...options, help: { type: "boolean" as const, short: "h" } },
    allowPositionals: takesWords,
  };
  try {
    const { values, positionals } = parseArgs(config);
    if ((values as { help?: boolean }).help) return end(help.trim(), 0);
    refuseEmpty(values, positionals);
    return { values, positionals: positionals as string[] };
  } catch (error) {
    return refuse(...complaint(error as Error, Object.keys(config.options)), help);
  }
}

function refuseEmpty(values: Record<string, unknown>, words: string[]): void {
  const empty = Object.entries(values).find(([, value]) => [value].flat().includes(""));
  if (empty) refuse(`--${empty[0]} ""`, "a text that is not empty");
  if (words.includes("")) refuse('""', "a word that is not empty");
}

/** What parseArgs says in a sentence of its own, as what it got and what is wanted. */
function complaint({ message }: Error, options: readonly string[]): [got: string, wanted: string] {
  const quoted = /'([^' <]+)/.exec(message)?.[1] ?? message;
  if (message.startsWith("Unexpected argument")) return [`'${quoted}'`, "options only"];
  if (message.startsWith("Unknown option")) return [quoted, `one of ${options.map((name) => `--${name}`).join(", ")}`];
  const takesValue = !message.includes("does not take an argument");
  return takesValue ? [`${quoted} without a value`, `one, as ${quoted}=VALUE`] : [`${quoted} with a value`, "none"];
}

/** Ends the command as every command refuses what it is told: `npm run data: 'extra': wanted options only`. */
export function refuse(got: string, wanted: string, help?: string): never {
  return end(`${commandName()}: ${got}: wanted ${wanted}${help === undefined ? "" : `\n\n${help.trim()}`}`);
}

/** The command of this process, as it is called: `npm start`, `npm run data`. */
export function commandName(): string {
  const name = basename(process.argv[1], ".ts");
  return ["start", "test"].includes(name) ? `npm ${name}` : `npm run ${name}`;
}

/** Says what is wrong with the command's line, and ends the command. */
export function end(text: string, code = 1): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}

/** A number that an option gives; undefined where it is not given. */
export function numberOption(
  name: string,
  text: string | undefined,
  wanted: string,
  fits: (value: number) => boolean,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && fits(value)) return value;
  return refuse(`--${name} ${text}`, wanted);
}

/** What --jobs says: how many notebooks run at a time. */
export function readJobs(text: string | undefined): number | undefined {
  return numberOption("jobs", text, "a whole number, 1 or more", (value) => Number.isInteger(value) && value >= 1);
}

/**
 * The notebooks of the project whose names begin with one of the words, as `5` or `5-back`; all of them without a word.
 */
export function chooseNotebooks(available: string[], words: string[]): string[] {
  const chosen =
    words.length === 0
      ? available
      : available.filter((name) => words.some((word) => name.startsWith(word.replace(/^notebooks\//, ""))));
  const idle = words.find((word) => !available.some((name) => name.startsWith(word.replace(/^notebooks\//, ""))));
  if (idle !== undefined) refuse(`'${idle}'`, `the beginning of one of ${available.join(", ")}`);
  return chosen;
}

/** The notebooks that stand for the sources and are there. */
export function projectNotebooks(documents: Record<string, { notebook: string }>): string[] {
  const there = new Set(readdirSync(join(root, "notebooks")));
  return Object.values(documents)
    .map(({ notebook }) => notebook)
    .filter((name) => there.has(name))
    .sort();
}
