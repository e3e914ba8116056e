import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import test from "node:test";

const root = resolve(__dirname, "..", "..");
const source = join(root, "lib", "src");

/** The folders of the library in the order of the flow: each may import those before it. */
const flow = [
  "platform", "wasm", "blas", "np", "random", "data", "differentiation", "networks", "training", "display", "plots",
];

interface Import {
  from: string;
  to: string;
}

function importsBelow(folder: string): Import[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => /\.[mc]?ts$|\.mjs$/.test(name) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(name));
  return files.flatMap((name) => {
    const file = join(folder, name);
    return specifiers(readFileSync(file, "utf8")).map((to) => ({ from: file, to }));
  });
}

function specifiers(text: string): string[] {
  const forms = [/\b(?:import|export)\s[^;"']*?\bfrom\s*["']([^"']+)["']/g, /\bimport\s*["']([^"']+)["']/g, /\b(?:import|require|require\.resolve)\(\s*["']([^"']+)["']/g];
  return forms.flatMap((form) => [...text.matchAll(form)].map((match) => match[1]));
}

const target = ({ from, to }: Import): string => resolve(dirname(from), to);
const libraryFolder = (path: string): string => relative(source, path).split(sep)[0];
const label = ({ from, to }: Import): string => `${relative(root, from)} imports ${to}`;

test("inside the library a folder imports only folders that come before it", () => {
  const local = importsBelow(source).filter(({ from, to }) => to.startsWith(".") && dirname(from) !== source);
  assert.ok(local.length > 50, `only ${local.length} imports were found: the search is broken`);
  const wrong = local.filter((found) => {
    const [own, other] = [found.from, target(found)].map(libraryFolder);
    return own !== other && !(flow.includes(other) && flow.indexOf(other) < flow.indexOf(own));
  });
  assert.deepEqual(wrong.map(label), []);
});

test("every folder of the library has its place in the flow", () => {
  const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  assert.deepEqual(folders.filter((name) => !flow.includes(name)), []);
});

test("the library and the kernel never import each other", () => {
  const crossings = [...importsBelow(source), ...importsBelow(join(root, "kernel", "src"))].filter((found) => {
    const inLibrary = found.from.startsWith(source);
    const place = found.to.startsWith(".") ? relative(root, target(found)).split(sep)[0] : found.to.split("/")[0];
    return inLibrary ? ["kernel", "dlfs-kernel", "scripts", "test", "bench"].includes(place) : ["lib", "dlfs", "scripts", "test", "bench"].includes(place);
  });
  assert.deepEqual(crossings.map(label), []);
});

test("test, bench and scripts use the library and the kernel, not each other", () => {
  const users = ["test", "bench", "scripts"];
  const crossings = users.flatMap((own) => importsBelow(join(root, own)).filter((found) => {
    const place = relative(root, target(found)).split(sep)[0];
    return found.to.startsWith(".") && users.includes(place) && place !== own;
  }));
  assert.deepEqual(crossings.map(label), []);
});

test("each @stdlib namespace that the library imports is declared at an exact version", () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, "lib", "package.json"), "utf8")) as { dependencies: Record<string, string> };
  const used = new Set(importsBelow(source).map(({ to }) => to).filter((to) => to.startsWith("@stdlib/")).map((to) => to.split("/").slice(0, 2).join("/")));
  assert.ok(used.size > 0);
  assert.deepEqual([...used].filter((name) => !/^\d+\.\d+\.\d+$/.test(dependencies[name] ?? "")), []);
  assert.ok(!used.has("@stdlib/stdlib"), "its root takes seconds to load and its types seconds to compile");
});
