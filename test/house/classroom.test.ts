import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { root, venvPython } from "../../tools/root";

/** What a student gets from the class at each login: classroom/begin.py. */

const notebook = (source: string, output = ""): string =>
  JSON.stringify({
    cells: [{ cell_type: "code", source, outputs: output ? [{ output_type: "stream", text: output }] : [] }],
    metadata: {},
  });

/** A class whose lesson and whose student's folder are empty. */
function classroom(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "dlfs-class-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [lesson, home] = [join(folder, "lesson"), join(folder, "home")];
  mkdirSync(lesson);
  mkdirSync(home);
  const mine = join(home, "dlfs");
  return {
    teach: (name: string, content: string) => writeFileSync(join(lesson, name), content),
    write: (name: string, content: string) => writeFileSync(join(mine, name), content),
    remove: (name: string) => rmSync(join(mine, name)),
    read: (name: string) => readFileSync(join(mine, name), "utf8"),
    names: () => readdirSync(mine).filter((name) => !name.startsWith(".")),
    /** The student logs in; returns the names of what was put beside a changed file. */
    login(environment: NodeJS.ProcessEnv = {}) {
      const code = "import json, pathlib, sys, begin; print(json.dumps(begin.give(pathlib.Path(sys.argv[1]))))";
      const { status, stdout, stderr } = spawnSync(venvPython, ["-B", "-c", code, lesson], {
        cwd: join(root, "classroom"),
        encoding: "utf8",
        env: { ...process.env, HOME: home, ...environment },
      });
      assert.equal(status, 0, stderr);
      return JSON.parse(stdout) as string[];
    },
  };
}

test("a student gets the class's notebooks, and what they write stays", (t) => {
  const { teach, login, names, write, read } = classroom(t);
  teach("1-a.ipynb", notebook("1"));
  teach("digit.svg", "<svg/>");
  assert.deepEqual(login(), []);
  assert.deepEqual(names(), ["1-a.ipynb", "digit.svg"]);
  write("1-a.ipynb", notebook("mine"));
  assert.deepEqual(login(), []);
  assert.equal(read("1-a.ipynb"), notebook("mine"));
});

test("an update replaces a notebook that was only run, and stands beside one that was changed", (t) => {
  const { teach, login, names, write, read } = classroom(t);
  teach("1-a.ipynb", notebook("1"));
  teach("2-b.ipynb", notebook("1"));
  login();
  write("1-a.ipynb", notebook("1", "its output"));
  write("2-b.ipynb", notebook("mine"));
  teach("1-a.ipynb", notebook("2"));
  teach("2-b.ipynb", notebook("2"));
  const [beside, ...more] = login();
  assert.match(beside, /^2-b \(new \d{4}-\d\d-\d\d\)\.ipynb$/);
  assert.deepEqual(more, []);
  assert.equal(read("1-a.ipynb"), notebook("2"));
  assert.equal(read("2-b.ipynb"), notebook("mine"));
  assert.equal(read(beside), notebook("2"));
  assert.deepEqual(login(), [], "it is given once");
  assert.equal(names().length, 3);
});

test("a second update on the same day does not replace the first, which the student may have changed", (t) => {
  const { teach, login, write, read } = classroom(t);
  teach("1-a.ipynb", notebook("1"));
  login();
  write("1-a.ipynb", notebook("mine"));
  teach("1-a.ipynb", notebook("2"));
  const [first] = login();
  write(first, notebook("mine too"));
  teach("1-a.ipynb", notebook("3"));
  const [second] = login();
  assert.notEqual(second, first);
  assert.equal(read(first), notebook("mine too"));
  assert.equal(read(second), notebook("3"));
  assert.equal(read("1-a.ipynb"), notebook("mine"));
});

test("a file of the student's own that has the name of a later one stays", (t) => {
  const { teach, login, write, read } = classroom(t);
  teach("1-a.ipynb", notebook("1"));
  login();
  write("2-b.ipynb", "mine, and no notebook");
  teach("2-b.ipynb", notebook("1"));
  const [beside] = login();
  assert.equal(read("2-b.ipynb"), "mine, and no notebook");
  assert.equal(read(beside), notebook("1"));
});

test("what a student has deleted does not come back, until the class has a newer one", (t) => {
  const { teach, login, remove, names } = classroom(t);
  teach("1-a.ipynb", notebook("1"));
  login();
  remove("1-a.ipynb");
  login();
  assert.deepEqual(names(), []);
  teach("1-a.ipynb", notebook("2"));
  login();
  assert.deepEqual(names(), ["1-a.ipynb"]);
});

test("a damaged list of what was given takes nothing from the student", (t) => {
  const { teach, login, write, read } = classroom(t);
  teach("1-a.ipynb", notebook("1"));
  login();
  write("1-a.ipynb", notebook("mine"));
  write(".given.json", "{");
  teach("1-a.ipynb", notebook("2"));
  const [beside] = login();
  assert.equal(read("1-a.ipynb"), notebook("mine"));
  assert.equal(read(beside), notebook("2"));
});

test("accounts have the names of accounts only", () => {
  for (const name of ["Ada", "../x", "-f", "a b", ""]) {
    const { status, stderr } = spawnSync(join(root, "classroom", "users.sh"), [name], { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stderr, /users\.sh: .*: wanted a name of small letters/);
  }
  assert.ok(!existsSync("/home/Ada"));
});

test("the values for Kubernetes name the image's stage, its user and begin.py, and their Python is Python", () => {
  const code = `
import json, yaml
values = yaml.safe_load(open("classroom/kubernetes.yaml"))
for text in values["hub"]["extraConfig"].values():
    compile(text, "extraConfig", "exec")
print(json.dumps(values))`;
  const { status, stdout, stderr } = spawnSync(venvPython, ["-c", code], { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const { singleuser } = JSON.parse(stdout) as {
    singleuser: { cmd: string[]; image: { name: string; tag: string }; storage: { homeMountPath: string } };
  };
  const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
  assert.ok(dockerfile.includes(`CMD ${JSON.stringify(singleuser.cmd).replace(",", ", ")}`));
  assert.ok(dockerfile.includes(`--target classroom -t ${singleuser.image.name}:${singleuser.image.tag} .`));
  assert.ok(dockerfile.includes(`WORKDIR ${singleuser.storage.homeMountPath}\n`));
  assert.ok(existsSync(join(root, "classroom", "begin.py")));
});
