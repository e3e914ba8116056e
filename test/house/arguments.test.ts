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
    new RegExp(`^--jobs ${jobs}: wanted a whole number, 1 or more\n$`),
  ]),
  ["start", ["--jobs="], /^--jobs "": wanted a text that is not empty\n/],
  ["start", ["9"], /^no notebook is called "9"; there are /],
  ["start", ["--unknown"], /^Unknown option '--unknown'/],
  ["start", [""], /^"": wanted a word that is not empty\n/],
  ["check", [""], /^"": wanted a word that is not empty\n/],
  ["check", ["--jobs", "0"], /^--jobs 0: wanted a whole number, 1 or more\n$/],
  ["notebooks", ["--jobs", "0"], /^--jobs 0: wanted a whole number, 1 or more\n$/],
  ["test", [""], /^"": wanted a word that is not empty\n/],
  ["test", ["no such part"], /^no test file's path holds no such part\n$/],
  ["check", ["--keep", ""], /^--keep "": wanted a text/],
  ["bench", ["nothing"], /^no topic is called "nothing"; there are cell, /],
  ["bench", ["--rounds", "2"], /^--rounds 2: wanted an odd number above 0\n$/],
  ["make", [], /^npm run make: no name: wanted one of table, architecture, /],
  ["make", ["nothing"], /^npm run make: nothing is called "nothing"; there are table, /],
  ["make", ["constructor"], /^npm run make: nothing is called "constructor"; there are table, /],
  ["make", ["table", "architecture"], /^npm run make: table architecture: wanted one name\n$/],
  ["make", ["pictures", "--check"], /^npm run make: --check: pictures has no such option\n$/],
  ["data", ["extra"], /^Unexpected argument 'extra'/],
  ["data", ["--folder", ""], /^--folder "": wanted a text/],
  ["data", ["--mirror", "school/mnist"], /^--mirror school\/mnist: wanted an address that begins with http/],
  ["data", ["--mirror", "http://a", "--mirror", ""], /^--mirror "": wanted a text/],
  ["data", ["--timeout", "1e10"], /^--timeout 1e10: wanted a number from 0 to 2000000\n$/],
  ["data", ["--retries", "1.5"], /^--retries 1.5: wanted a whole number, 0 or more\n$/],
  ["data", ["--list", "/nowhere"], /^--list \/nowhere: ENOENT.*wanted a file of JSON\n$/],
  ["data", ["--list", "README.md"], /^--list README.md: .*wanted a file of JSON\n$/],
  ["data", ["--list", "package.json"], /^--list package.json: wanted JSON as \[/],
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
    assert.match(stderr, new RegExp(`${place}.* can only be read here: .*\n$`));
  });
}
