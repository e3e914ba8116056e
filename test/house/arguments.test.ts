import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const root = join(__dirname, "..", "..");
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object }).scripts,
);

/** Runs a command as setup.mjs does when all is in place. */
function command(name: string, args: string[], environment: NodeJS.ProcessEnv = {}) {
  const line = ["--require", "ts-node/register/transpile-only", join(root, "scripts", `${name}.ts`), ...args];
  return spawnSync(process.execPath, line, { cwd: root, encoding: "utf8", env: { ...process.env, ...environment } });
}

test("every command has a help that setup.mjs finds in its source", () => {
  for (const name of scripts) {
    const { status, stdout } = spawnSync(process.execPath, ["scripts/setup.mjs", name, "--help"], {
      cwd: root,
      encoding: "utf8",
    });
    assert.equal(status, 0, name);
    assert.match(stdout, new RegExp(`^npm (run )?${name}\\b`));
    assert.doesNotMatch(stdout, /\$\{/, `${name}: the help is printed as it stands in the source`);
  }
});

test("the help of bench names every topic", () => {
  const topics = readdirSync(join(root, "bench")).filter(
    (name) => name.endsWith(".ts") && !/^(contender|table)\./.test(name),
  );
  const { stdout } = spawnSync(process.execPath, ["scripts/setup.mjs", "bench", "--help"], {
    cwd: root,
    encoding: "utf8",
  });
  assert.ok(
    stdout.includes(
      `topics      ${topics
        .map((name) => name.slice(0, -3))
        .sort()
        .join(", ")}\n`,
    ),
    stdout,
  );
});

const refused: [string, string[], RegExp][] = [
  ...["0", "-1", "1.5", "abc", "Infinity", " "].map((jobs): [string, string[], RegExp] => [
    "start",
    [`--jobs=${jobs}`],
    new RegExp(`^npm start: --jobs ${jobs}: wanted a whole number, 1 or more\n$`),
  ]),
  ["start", ["--jobs="], /^npm start: --jobs "": wanted a text that is not empty\n/],
  ["start", ["--jobs"], /^npm start: --jobs without a value: wanted one, as --jobs=VALUE\n/],
  ["check", ["--update=yes"], /^npm run check: --update with a value: wanted none\n/],
  ["start", ["9"], /^npm start: '9': wanted the beginning of one of 0-.*, 5-/],
  ["notebooks", ["test/browser/gallery.ipynb"], /\.ipynb; open any other notebook by npm run lab\n$/],
  ["start", ["--unknown"], /^npm start: --unknown: wanted one of --jobs, --lang, --help\n/],
  ["start", ["--lang", "fr"], /^npm start: --lang fr: wanted one of en, ja, zh\n$/],
  ["check", ["--lang", "fr"], /^npm run check: --lang fr: wanted one of en, ja, zh\n$/],
  ["check", ["--lang", "ja", "--jobs", "2"], /^npm run check: --jobs with --lang: wanted --strict or --update\n$/],
  ["lab", ["--lang=fr"], /^npm run lab: --lang fr: wanted one of en, ja, zh\n$/],
  ["lab", ["--no-browser", "--lang"], /^npm run lab: --lang without a value: wanted one, as --lang=ja\n$/],
  ["start", [""], /^npm start: "": wanted a word that is not empty\n/],
  ["check", [""], /^npm run check: "": wanted a word that is not empty\n/],
  ["check", ["--jobs", "0"], /^npm run check: --jobs 0: wanted a whole number, 1 or more\n$/],
  ["notebooks", ["--jobs", "0"], /^npm run notebooks: --jobs 0: wanted a whole number, 1 or more\n$/],
  ["test", [""], /^npm test: "": wanted a word that is not empty\n/],
  ["test", ["no such part"], /^npm test: 'no such part': wanted a piece of a test file's path\n$/],
  ["check", ["--keep", ""], /^npm run check: --keep "": wanted a text/],
  ["bench", ["nothing"], /^npm run bench: 'nothing': wanted one of cell, /],
  ["bench", ["--rounds", "2"], /^npm run bench: --rounds 2: wanted an odd number above 0\n$/],
  [
    "bench",
    ["training", "--node", process.execPath],
    /^npm run bench: --node with training: wanted a topic that measures other Nodes: kernel, naive, ops or sizes\n$/,
  ],
  ["make", [], /^npm run make: no name: wanted one of table, architecture, /],
  ["make", ["nothing"], /^npm run make: 'nothing': wanted one of table, /],
  ["make", ["constructor"], /^npm run make: 'constructor': wanted one of table, /],
  ["make", ["table", "architecture"], /^npm run make: 'table architecture': wanted one name\n$/],
  ["make", ["pictures", "--check"], /^npm run make: --check: wanted an option of pictures, see --help\n$/],
  ["data", ["extra"], /^npm run data: 'extra': wanted options only\n/],
  ["matrix", ["extra"], /^npm run matrix: 'extra': wanted options only\n/],
  ["data", ["--folder", ""], /^npm run data: --folder "": wanted a text/],
  [
    "data",
    ["--mirror", "school/mnist"],
    /^npm run data: --mirror school\/mnist: wanted an address that begins with http/,
  ],
  ["data", ["--mirror", "http://a", "--mirror", ""], /^npm run data: --mirror "": wanted a text/],
  ["data", ["--timeout", "1e10"], /^npm run data: --timeout 1e10: wanted a number from 0 to 2000000\n$/],
  ["data", ["--retries", "1.5"], /^npm run data: --retries 1.5: wanted a whole number, 0 or more\n$/],
  ["data", ["--list", "/nowhere"], /^npm run data: --list \/nowhere: ENOENT.*wanted a file of JSON\n$/],
  ["data", ["--list", "README.md"], /^npm run data: --list README.md: .*wanted a file of JSON\n$/],
  ["data", ["--list", "package.json"], /^npm run data: --list package.json: wanted JSON as \[/],
];

for (const [name, args, sentence] of refused) {
  test(`${name} ${JSON.stringify(args)}: refused in a sentence, and nothing is done`, () => {
    const { status, stdout, stderr } = command(name, args);
    assert.equal(status, 1);
    assert.match(stderr, sentence);
    assert.equal(stdout, "");
  });
}

for (const [name, args, place] of [
  ["notebooks", ["1"], "notebooks/"],
  ["data", [], "data/"],
] as const) {
  test(`${name} in a checkout that can only be read: refused in a sentence`, () => {
    const { status, stderr } = command(name, [...args], { DLFS_STATE: "/nowhere" });
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`^npm run ${name}: ${place} can only be read here: wanted .*\n$`));
  });
}
