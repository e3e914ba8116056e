import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { languages } from "../tools/edition";
import { courseNotebooks } from "../tools/notebook";
import { root } from "../tools/root";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * Reads a command's options. Ends the command with one sentence if an option is unknown, if there is a word although
 * the command takes none, or if a text is empty. Normally setup.mjs handles --help; it is an option here for a script
 * that is started without setup.mjs.
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

/** Turns the message of parseArgs into the form of our messages: what it got, and what is wanted. */
function complaint({ message }: Error, options: readonly string[]): [got: string, wanted: string] {
  const quoted = /'([^' <]+)/.exec(message)?.[1] ?? message;
  if (message.startsWith("Unexpected argument")) return [`'${quoted}'`, "options only"];
  if (message.startsWith("Unknown option")) return [quoted, `one of ${options.map((name) => `--${name}`).join(", ")}`];
  const takesValue = !message.includes("does not take an argument");
  return takesValue ? [`${quoted} without a value`, `one, as ${quoted}=VALUE`] : [`${quoted} with a value`, "none"];
}

/** Ends the command with a message about a wrong argument, such as `npm run data: 'extra': wanted options only`. */
export function refuse(got: string, wanted: string, help?: string): never {
  return end(`${commandName()}: ${got}: wanted ${wanted}${help === undefined ? "" : `\n\n${help.trim()}`}`);
}

/** The command of this process as the user types it: `npm start`, `npm run data`. */
export function commandName(): string {
  const name = basename(process.argv[1], ".ts");
  return ["start", "test"].includes(name) ? `npm ${name}` : `npm run ${name}`;
}

/** Prints a text and ends the command with this exit code. */
export function end(text: string, code = 1): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}

/** The number that an option gives; undefined if the option is not given. */
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

/** The value of --jobs: how many notebooks run at a time. */
export function readJobs(text: string | undefined): number | undefined {
  return numberOption("jobs", text, "a whole number, 1 or more", (value) => Number.isInteger(value) && value >= 1);
}

/** The language of --lang; undefined for English. */
export function readLanguage(text: string | undefined): string | undefined {
  if (text === undefined || text === "en") return undefined;
  const known = languages();
  if (known.includes(text)) return text;
  return refuse(`--lang ${text}`, `one of en, ${known.join(", ")}`);
}

/** The notebooks whose names begin with one of the words, such as `5` or `5-back`. Without words, all of them. */
export function chooseNotebooks(words: string[]): string[] {
  const available = courseNotebooks();
  const named = (name: string, word: string): boolean => name.startsWith(word.replace(/^notebooks\//, ""));
  const idle = words.find((word) => !available.some((name) => named(name, word)));
  if (idle !== undefined) refuse(`'${idle}'`, `the beginning of one of ${available.join(", ")}${otherFile(idle)}`);
  return available.filter((name) => words.length === 0 || words.some((word) => named(name, word)));
}

/** How to run a notebook that exists and is not one of the course's. */
function otherFile(word: string): string {
  const files = [word, join("notebooks", word)].map((name) => join(root, name));
  const exists = files.some((file) => file.endsWith(".ipynb") && statSync(file, { throwIfNoEntry: false })?.isFile());
  return exists ? "; open any other notebook by npm run lab" : "";
}
