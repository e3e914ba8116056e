import { join } from "node:path";
import { chooseNotebooks, readArguments, readJobs, readLanguage, refuse } from "./arguments";
import { root } from "../tools/root";
import { scratchFolder } from "./scratch";
import { dataAtHand, dataSet } from "./notebooks/data";
import { languages, nameOfLanguage } from "../tools/edition";
import { compareEdition, outdatedTexts, recordTranslated, type EditionReport } from "./notebooks/editions";
import { compareExpected, compareOutputs, isOwnVersion, keepExpected } from "../tools/expected";
import { only, readSourceItems, type SourceList } from "./notebooks/items";
import { brokenRun, readNotebook, type Notebook } from "../tools/notebook";
import { executedCopies, runNotebooks } from "./notebooks/run";
import { coverageTable, kindTable } from "./notebooks/table";
import type { DataAtHand, Verdict } from "./notebooks/verify";
import { strayMetadata, verifyAll } from "./notebooks/verifyAll";

const help = `
npm run check [-- NOTEBOOK ...]

Executes the notebooks afresh, compares every output byte for byte with what is kept in
test/notebooks/expected for the data at hand, and verifies each item of the sources. It also names the cells of the
Japanese and Chinese editions whose English has changed since they were translated.

  --lang LANGUAGE     run nothing: compare the edition in this language (ja, zh) with the English notebooks. With
                      --update, record that it is a translation of the English as it is now
  --strict            a cell whose English has changed since it was translated is an error, as for a release
  --executed FOLDER   check the executed copies in FOLDER instead of running anything
  --keep FOLDER       leave the executed copies in FOLDER
  --committed         compare the outputs committed in notebooks/ with the re-run too (full MNIST only)
  --update            keep the outputs of this run as the expected ones, of each notebook that ran to its end
  --skip-own          leave out notebooks whose code you have changed (npm test does, where CI is not set)
  --jobs N            notebooks at a time (2)
  --help              this text
`;

const options = {
  executed: { type: "string" },
  keep: { type: "string" },
  committed: { type: "boolean" },
  update: { type: "boolean" },
  "skip-own": { type: "boolean" },
  lang: { type: "string" },
  strict: { type: "boolean" },
  jobs: { type: "string" },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, options);
  const language = readLanguage(values.lang);
  if (language !== undefined) {
    const other = Object.keys(values).find((name) => !["lang", "strict", "update"].includes(name));
    if (other !== undefined) refuse(`--${other} with --lang`, "--strict or --update");
    return checkEdition(language, chooseNotebooks(positionals), values);
  }
  const list = readSourceItems();
  const data = dataAtHand();
  const set = dataSet(data);
  const chosen = chooseNotebooks(positionals);
  const own = values["skip-own"] ? chosen.filter((name) => isOwnVersion(set, name, committed(name))) : [];
  for (const name of own) console.log(`${name}: left out, its code is your own version`);
  const names = chosen.filter((name) => !own.includes(name));
  const { executed: folder, keep } = values;
  const executed = folder === undefined ? await execute(names, keep, readJobs(values.jobs)) : readAll(folder, names);
  const found = names.flatMap((name) => problemsOf(name, executed.get(name), data, values));
  const problems = [...strayMetadata(list, executed), ...found];
  // if the user has chosen no notebooks, the items of a missing notebook count as failed
  const documents = Object.values(list.documents).map(({ notebook }) => notebook);
  const shown = only(list, positionals.length > 0 ? names : documents.filter((name) => !own.includes(name)));
  conclude(shown, verifyAll(shown, executed, data), problems, set);
  const outdated = languages().flatMap((one) => outdatedTexts(one, names));
  report({ differences: [], outdated }, values.strict);
}

/** Compares an edition in another language with the English notebooks. */
function checkEdition(
  language: string,
  names: string[],
  { update, strict }: { update?: boolean; strict?: boolean },
): void {
  if (update) recordTranslated(language, names);
  const found = compareEdition(language, names);
  report(found, strict);
  if (found.differences.length > 0)
    console.log("npm run make -- editions writes code, outputs and metadata into the editions");
  const cells = `${nameOfLanguage(language)}: ${names.length} notebook${names.length === 1 ? "" : "s"}`;
  console.log(`${cells}, ${found.differences.length} differences, ${found.outdated.length} texts to translate again`);
}

/** Prints the differences and what is to be translated again; the latter fails only if `strict` is set. */
function report({ differences, outdated }: EditionReport, strict = false): void {
  for (const line of [...differences, ...outdated]) console.log(line);
  if (differences.length > 0 || (strict && outdated.length > 0)) process.exitCode = 1;
}

const OTHER_CODE = "its code is not what the expectations were kept for";

interface Comparison {
  update?: boolean;
  committed?: boolean;
}

/**
 * The problems of an executed notebook other than its source items. Only a complete run can become the expected one.
 */
function problemsOf(name: string, notebook: Notebook | undefined, data: DataAtHand, options: Comparison): string[] {
  if (notebook === undefined) return [`${name}: there is no executed copy, nbclient broke off`];
  const set = dataSet(data);
  const broken = brokenRun(name, notebook);
  if (options.update && broken === undefined) keepExpected(set, name, notebook);
  const differences = compareExpected(set, name, notebook);
  if (differences === undefined) console.log(`${name}: ${OTHER_CODE}, so its bytes are not compared`);
  const foreign = differences ?? (process.env.CI ? [`${name}: the expectations are of other code`] : []);
  const saved = options.committed && data.mnist ? compareOutputs(`committed ${name}`, committed(name), notebook) : [];
  return [...(broken === undefined ? [] : [broken]), ...foreign, ...saved];
}

function conclude(list: SourceList, verdicts: Verdict[], problems: string[], set: string): void {
  console.log(`\n${coverageTable(list, verdicts)}`);
  if (verdicts.length > 0) console.log(`\n${kindTable(verdicts)}`);
  const more = problems.length > 40 ? `\n... and ${problems.length - 40} more` : "";
  const summary =
    problems.length === 0 ? `every output equals the expected one (${set})` : problems.slice(0, 40).join("\n");
  console.log(`\n${summary}${more}`);
  if (problems.length > 0 || verdicts.some((verdict) => verdict.class === "failed")) process.exitCode = 1;
}

async function execute(names: string[], keep?: string, jobs?: number): Promise<Map<string, Notebook>> {
  return executedCopies(await runNotebooks(names, { folder: keep ?? scratchFolder("check"), jobs }));
}

const committed = (name: string): Notebook => readNotebook(join(root, "notebooks", name));

const readAll = (folder: string, names: string[]): Map<string, Notebook> =>
  new Map(names.map((name) => [name, readNotebook(join(folder, name))]));

void main();
