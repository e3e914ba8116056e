import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import test from "node:test";
import { languages, notebooksFolder } from "../../tools/edition";
import { courseNotebooks, joined, readNotebook } from "../../tools/notebook";
import { root, venvPython } from "../../tools/root";

/** The files for the places where people work without these commands: GitHub, Binder, containers. */

const python = (args: string[], environment: NodeJS.ProcessEnv = {}) => {
  const { status, stdout, stderr } = spawnSync(venvPython, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { status, printed: stdout + stderr };
};

const filesOf = (folder: string, but = "") =>
  readdirSync(join(root, folder))
    .filter((name) => name !== but)
    .map((name) => join(folder, name));

for (const [schema, files] of [
  ["github-workflows", filesOf(".github/workflows")],
  ["github-issue-forms", filesOf(".github/ISSUE_TEMPLATE", "config.yml")],
  ["github-issue-config", [".github/ISSUE_TEMPLATE/config.yml"]],
  ["citation-file-format", ["CITATION.cff"]],
] as const) {
  test(`${files.map((file) => basename(file)).join(", ")}: as the schema ${schema} has it`, () => {
    assert.ok(files.length > 0);
    const builtin = `vendor.${schema}`;
    const { status, printed } = python(["-m", "check_jsonschema", "--builtin-schema", builtin, ...files]);
    assert.equal(status, 0, printed);
  });
}

test("a workflow's jobs call only the commands of package.json", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  const called = filesOf(".github/workflows").flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/\bnpm (?:run (?:-s )?)?([\w-]+)/g)].map(([, name]) => name),
  );
  assert.ok(called.length > 1, "no command was found: the search is broken");
  assert.deepEqual(
    called.filter((name) => name !== "ci" && !Object.hasOwn(scripts, name)),
    [],
  );
});

test("repo2docker, which Binder uses, makes an image with our Python and Node, and runs the set-up in it", (t) => {
  const home = mkdtempSync(join(tmpdir(), "dlfs-binder-"));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const options = ["--no-build", "--debug", "--user-id", "1000", "--user-name", "jovyan"];
  const { status, printed } = python(["-m", "repo2docker", ...options, "."], { HOME: home });
  assert.equal(status, 0, printed);
  assert.match(printed, /^FROM /m);
  assert.match(printed, /env update .*--file "\.binder\/environment\.yml"/);
  assert.match(printed, /^RUN \.\/\.binder\/postBuild/m);
  const environment = readFileSync(join(root, ".binder/environment.yml"), "utf8");
  const node = /nodejs=(\d+)/.exec(environment)?.[1];
  const tested = /node: \[(.*)\]/.exec(readFileSync(join(root, ".github/workflows/test.yml"), "utf8"))![1].split(", ");
  assert.ok(tested.includes(node!), `Node ${node}: wanted one of ${tested.join(", ")}`);
  assert.match(environment, /python=3\.1[1-4]$/m);
});

test("the image and the development container are made from the same stage with the tools", () => {
  const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
  const { build } = JSON.parse(readFileSync(join(root, ".devcontainer/devcontainer.json"), "utf8")) as {
    build: { dockerfile: string; target: string };
  };
  assert.equal(join(".devcontainer", build.dockerfile), "Dockerfile");
  assert.match(dockerfile, new RegExp(`^FROM \\S+ AS ${build.target}$`, "m"));
  assert.match(dockerfile, new RegExp(`^FROM ${build.target}$`, "m"));
  assert.match(dockerfile, /^USER node$/m);
});

// https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting: GitHub allows no macros
// and nothing that reaches the page around a formula
const REFUSED =
  /\\(?:def|gdef|edef|newcommand|renewcommand|newenvironment|require|href|url|class|cssId|style|html\w+|unicode|includegraphics)\b/;
/** GitHub shows notebooks up to some megabytes; larger ones end in an error after a wait. */
const LARGEST = 2 * 2 ** 20;

for (const language of [undefined, ...languages()]) {
  test(`${language ?? "en"}: GitHub's viewer can show the notebooks: formulas, pictures, size`, () => {
    for (const name of courseNotebooks()) {
      const file = join(notebooksFolder(language), name);
      const size = readFileSync(file).length;
      assert.ok(size < LARGEST, `${name}: ${size} bytes`);
      for (const { id, cell_type, source, outputs = [] } of readNotebook(file).cells) {
        if (cell_type === "markdown") {
          const formulas = joined(source).replace(/```[^]*?```|`[^`\n]+`/g, "");
          assert.doesNotMatch(formulas, REFUSED, `${name}, cell ${id}`);
          assert.doesNotMatch(formulas, /\\[([]/, `${name}, cell ${id}: GitHub knows $ and $$ only`);
        }
        for (const { data } of outputs) {
          if (data === undefined || !Object.keys(data).some((type) => type.includes("vegalite"))) continue;
          // GitHub runs no script, so it shows the picture
          const png = Buffer.from(joined(data["image/png"] as string | string[] | undefined), "base64");
          assert.equal(png.subarray(1, 4).toString(), "PNG", `${name}, cell ${id}`);
        }
      }
    }
  });
}
