import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { root, venvPython } from "../../tools/root";

/** The packages as somebody has them who has no checkout. */

const home = mkdtempSync(join(tmpdir(), "dlfs-packages-"));
test.after(() => rmSync(home, { recursive: true, force: true }));
const empty = join(home, "empty");
const prefix = join(home, "environment");

function run(command: string, args: string[], environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: empty,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { status, printed: stdout + stderr };
}

function succeed(command: string, args: string[], environment?: NodeJS.ProcessEnv): string {
  const { status, printed } = run(command, args, environment);
  assert.equal(status, 0, `${command} ${args.join(" ")}\n${printed}`);
  return printed;
}

interface Packed {
  filename: string;
  size: number;
  files: { path: string }[];
}

let packed: Packed[] = [];

test.before(() => {
  mkdirSync(empty);
  mkdirSync(prefix);
  // what is built is packed: prepack would build it again, under the feet of the other tests
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", home];
  const { stdout } = spawnSync("npm", [...args, "--workspace", "lib", "--workspace", "kernel"], {
    cwd: root,
    encoding: "utf8",
  });
  const found = JSON.parse(stdout) as Packed[] | Record<string, Packed>;
  packed = Object.values(found);
});

test("the packed files are those that a user needs, with the licence", () => {
  const filesOf = (name: string) =>
    packed.find(({ filename }) => filename.startsWith(name))!.files.map(({ path }) => path);
  const [library, kernel] = [filesOf("dlfs-0"), filesOf("dlfs-kernel-0")];
  for (const wanted of [
    "LICENSE",
    "README.md",
    "dist/index.js",
    "dist/index.d.ts",
    "dist/routines.wasm",
    "src/index.ts",
  ])
    assert.ok(library.includes(wanted), wanted);
  for (const wanted of ["dist/files/sample_network.npz", "dist/files/digit.svg"])
    assert.ok(library.includes(wanted), wanted);
  for (const wanted of ["LICENSE", "README.md", "dist/start/main.js", "logos/logo-64x64.png"])
    assert.ok(kernel.includes(wanted), wanted);
  const stray = [...library, ...kernel].filter((path) =>
    /snapshot\/|tsbuildinfo|\.test\.|(?:^|\/)assembly\//.test(path),
  );
  assert.deepEqual(stray, []);
  assert.ok(
    packed.every(({ size }) => size < 1_000_000),
    packed.map(({ size }) => size).join(", "),
  );
});

test("both install into an empty folder: a script trains, types are found, a notebook runs; then nothing is left", () => {
  const tarballs = packed.map(({ filename }) => join(home, filename));
  succeed("npm", ["install", "--prefer-offline", "--no-fund", "--no-audit", ...tarballs]);

  writeFileSync(
    join(empty, "script.cjs"),
    `const { loadDigit, loadMnist, loadWeights, np, random, train, ThreeLayerNet, TwoLayerNet } = require("dlfs");
async function main() {
  random.seed(0);
  const network = new TwoLayerNet(784, 20, 10);
  const { testAccuracy } = await train(network, await loadMnist(), { iterations: 301, evaluateEvery: 300 });
  const { params, source } = await loadWeights();
  const read = np.argmax(ThreeLayerNet.fromWeights(params).predict(await loadDigit("digit.svg")));
  console.log(JSON.stringify({ rises: testAccuracy[1] > testAccuracy[0] + 0.2, source, read }));
}
main();`,
  );
  const printed = succeed(process.execPath, ["script.cjs"], { DLFS_DATA: undefined });
  assert.match(printed, /\{"rises":true,"source":"[^"]+","read":5\}/);

  writeFileSync(
    join(empty, "typed.ts"),
    `import { np } from "dlfs";\nexport const sum: number = np.sum(np.array([1, 2]));\n`,
  );
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  succeed(process.execPath, [tsc, "--noEmit", "--strict", "--module", "commonjs", "--target", "es2022", "typed.ts"]);

  const kernel = (...options: string[]) => run("npx", ["--no-install", "dlfs-kernel", ...options]);
  assert.equal(kernel("--prefix", prefix).status, 0);
  const notebook = join(empty, "notebook.ipynb");
  writeFileSync(notebook, readFileSync(join(root, "notebooks", "0-arrays-and-plots.ipynb")));
  const jupyter = { JUPYTER_PATH: join(prefix, "share", "jupyter"), JUPYTER_PREFER_ENV_PATH: "0" };
  succeed(venvPython, ["-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", notebook], jupyter);
  const { cells } = JSON.parse(readFileSync(notebook, "utf8")) as {
    cells: { execution_count?: number; cell_type: string }[];
  };
  const code = cells.filter(({ cell_type }) => cell_type === "code");
  assert.equal(code.at(-1)!.execution_count, code.length);

  const other = join(prefix, "share", "jupyter", "kernels", "tslab", "kernel.json");
  const ours = readFileSync(other);
  writeFileSync(other, `{ "argv": ["tslab", "kernel"] }`);
  assert.match(kernel("--prefix", prefix).printed, /that of another kernel, tslab kernel: wanted --replace/);
  assert.match(
    kernel("--prefix", prefix, "--remove").printed,
    /that of another kernel, tslab kernel: wanted this one's/,
  );
  assert.equal(kernel("--prefix", prefix, "--replace").status, 0);
  assert.deepEqual(readFileSync(other), ours);
  assert.equal(kernel("--prefix", prefix, "--remove").status, 0);
  assert.deepEqual(readdirSync(prefix), []);
  assert.match(kernel("--prefix", prefix, "--remove").printed, /there is no kernelspec in .*: wanted one to remove/);
});

test("what dlfs-kernel cannot do is refused in a sentence", () => {
  const install = join(root, "kernel", "dist", "start", "install.js");
  const refused = (...options: string[]) => run(process.execPath, [install, ...options]);
  for (const [options, sentence] of [
    [[], "no place: wanted --user or --prefix DIR"],
    [["--user", "--prefix", "x"], "--user and --prefix: wanted one of them"],
    [["--prefix", "nowhere"], "--prefix nowhere: wanted a folder that is there, as that of a Python environment"],
    [["--prefix", prefix, "--remove", "--replace"], "--remove and --replace: wanted one of them"],
  ] as const) {
    const { status, printed } = refused(...options);
    assert.equal(status, 1);
    assert.equal(printed, `dlfs-kernel: ${sentence}\n`);
  }
});

test("--user is the folder in which this user's Jupyter looks, without a folder of the project's commands", () => {
  const install = join(root, "kernel", "dist", "start", "install.js");
  const chosen = join(home, "mine");
  mkdirSync(chosen);
  const environment = { DLFS_USER_JUPYTER_DATA: chosen };
  assert.equal(run(process.execPath, [install, "--user"], environment).status, 0);
  assert.deepEqual(readdirSync(join(chosen, "kernels")), ["tslab"]);
  assert.equal(run(process.execPath, [install, "--user", "--remove"], environment).status, 0);
  assert.ok(!readdirSync(home).includes("mine"));
});
