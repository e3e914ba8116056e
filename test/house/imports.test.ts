import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import test from "node:test";
import ts from "typescript";

const root = resolve(__dirname, "..", "..");
const source = join(root, "lib", "src");

/**
 * The folders and files of the library in the order in which docs/architecture.md lists them: each may import those
 * above it.
 */
const order = readOrder("lib/src");
/** The same for the kernel. */
const kernel = join(root, "kernel", "src");
const kernelRooms = readOrder("kernel/src");
/** Folders whose index.ts is a namespace of the public interface: what else they offer stands in internal.ts. */
const namespaces = ["np", "random"];

interface Import {
  from: string;
  to: string;
}

function readOrder(folder: string): string[] {
  const page = readFileSync(join(root, "docs", "architecture.md"), "utf8");
  const [, list] = new RegExp(`Inside \`${folder}\` a folder imports[^]*?\`\`\`\\n([^]*?)\`\`\``).exec(page)!;
  return list
    .trim()
    .split("\n")
    .map((line) => line.split(" ")[0]);
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  // JupyterLab keeps a copy of each file that it opens in a folder whose name begins with a dot
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => !/(?:^|[\\/])\./.test(name),
  );
  const files = names.filter(
    (name) => /\.[mc]?ts$|\.mjs$/.test(name) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(name),
  );
  return files.map((name) => join(folder, name));
}

/** All imports of values and types, `require` and `import()` among them. */
function importsBelow(folder: string): Import[] {
  return filesBelow(folder).flatMap((from) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(from, "utf8"), true, true);
    return importedFiles.map(({ fileName: to }) => ({ from, to }));
  });
}

const target = ({ from, to }: Import): string => resolve(dirname(from), to);
/** The entry of the list that a path belongs to. */
const room = (path: string): string => relative(source, path).split(sep)[0];
const label = ({ from, to }: Import): string => `${relative(root, from)} imports ${to}`;

const local = importsBelow(source).filter(({ to }) => to.startsWith("."));
/** Imports from one folder of the library to another. */
const crossings = local.filter((found) => dirname(found.from) !== source && room(found.from) !== room(target(found)));

test("every folder of the library has its place in the list, and every entry of the list is there", () => {
  const entries = readdirSync(source).filter(
    (name) => name !== "index.ts" && (name.endsWith(".ts") || statSync(join(source, name)).isDirectory()),
  );
  assert.deepEqual([...order].sort(), [...entries].sort());
});

test("inside the library a folder imports only what stands above it in the list", () => {
  assert.ok(crossings.length > 50, `only ${crossings.length} imports were found: the search is broken`);
  const height = (path: string) => order.indexOf(room(path).replace(/^checks$/, "checks.ts"));
  const wrong = crossings.filter(
    (found) => !(height(target(found)) >= 0 && height(target(found)) < height(found.from)),
  );
  assert.deepEqual(wrong.map(label), []);
});

test("a folder is imported through its index.ts, or its internal.ts where the index is a public namespace", () => {
  const doors = new Set([...order, ...namespaces.map((name) => `${name}/internal`), "checks"]);
  const past = crossings.filter((found) => !doors.has(relative(source, target(found)).split(sep).join("/")));
  assert.deepEqual(past.map(label), []);
});

test("the library imports Node's modules only in platform/node, and packages that need Node only there", () => {
  const needNode = ["@resvg/resvg-js", "dejavu-fonts-ttf", "yauzl"];
  const ofNode = importsBelow(source).filter(
    ({ to }) => isBuiltin(to) || needNode.some((name) => to === name || to.startsWith(`${name}/`)),
  );
  assert.ok(ofNode.length > 10, `only ${ofNode.length} imports of Node's modules were found: the search is broken`);
  const door = [join(source, "platform", "node.ts"), join(source, "platform", "node") + sep];
  assert.deepEqual(ofNode.filter(({ from }) => !door.some((path) => from.startsWith(path))).map(label), []);
});

test("functions whose last bits depend on the engine are called only through math/", () => {
  const names = "a?(cos|sin|tan)h?|atan2|cbrt|exp|expm1|hypot|log|log10|log1p|log2|pow";
  const wanted = new RegExp(`\\bMath\\.(${names})\\b`);
  const math = join(source, "math") + sep;
  const others = filesBelow(source).filter((file) => !file.startsWith(math));
  const calls = others.flatMap((file) =>
    codeOf(readFileSync(file, "utf8"))
      .filter((line) => wanted.test(line) || /(?<!\b2|n) \*\* /.test(line)) // powers of 2 are exact everywhere
      .map((line) => `${relative(root, file)}: ${line.trim()}`),
  );
  assert.deepEqual(calls, []);
});

/** The lines of a source without its comments and texts. */
function codeOf(text: string): string[] {
  return text
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\/\/.*|"[^"\n]*"|`[^`\n]*`/g, "")
    .split("\n");
}

test("nothing in the library imports its index.ts", () => {
  const wrong = local.filter((found) => [source, join(source, "index")].includes(target(found)));
  assert.deepEqual(wrong.map(label), []);
});

test("every folder of the kernel has its place in the list, and no file stands outside of them", () => {
  assert.deepEqual([...kernelRooms].sort(), readdirSync(kernel).sort());
});

test("inside the kernel a folder imports only what stands above it in the list, and through its index.ts", () => {
  const roomOf = (path: string) => relative(kernel, path).split(sep)[0];
  const found = importsBelow(kernel)
    .filter(({ to }) => to.startsWith("."))
    .filter((each) => roomOf(each.from) !== roomOf(target(each)));
  assert.ok(found.length > 20, `only ${found.length} imports were found: the search is broken`);
  const isRight = (each: Import) => {
    const to = kernelRooms.indexOf(relative(kernel, target(each))); // -1: past the index
    return to >= 0 && to < kernelRooms.indexOf(roomOf(each.from));
  };
  // run while the snapshot is built, where each module that is loaded counts: it takes one file of compile
  const others = found.filter(({ from }) => from !== join(kernel, "start", "snapshotEntry.ts"));
  assert.deepEqual(others.filter((each) => !isRight(each)).map(label), []);
});

test("compile and cells of the kernel import no module of Node and no package", () => {
  const outside = ["compile", "cells"]
    .flatMap((room) => importsBelow(join(kernel, room)))
    .filter(({ to }) => !to.startsWith("."));
  assert.ok(outside.length > 10, `only ${outside.length} imports were found: the search is broken`);
  // TypeScript's types: the compiler itself is handed in
  const typesOnly = ({ from, to }: Import) =>
    to === "typescript" && /^import type ts from "typescript";$/m.test(readFileSync(from, "utf8"));
  assert.deepEqual(outside.filter((found) => !typesOnly(found)).map(label), []);
});

test("no import of the library, its routines or the kernel closes a circle, types included", () => {
  for (const folder of [source, join(root, "lib", "assembly"), kernel]) {
    const graph = new Map<string, string[]>();
    for (const found of importsBelow(folder).filter(({ to }) => to.startsWith("."))) {
      graph.set(found.from, [...(graph.get(found.from) ?? []), fileOf(target(found))]);
    }
    assert.ok(graph.size > 10, `only ${graph.size} files with imports were found in ${folder}: the search is broken`);
    assert.deepEqual(
      circle(graph)?.map((file) => relative(root, file)),
      undefined,
    );
  }
});

function fileOf(path: string): string {
  const candidates = [path, `${path}.ts`, `${path}.d.ts`, join(path, "index.ts")];
  const found = candidates.find((file) => existsSync(file) && statSync(file).isFile());
  assert.ok(found, `${path}: there is no such file`);
  return found;
}

/** The files of one circle, undefined where there is none. */
function circle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const search = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const found = search(next, [...way, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const found = search(file, []);
    if (found) return found;
  }
  return undefined;
}

test("each routine that knows networks is called only by the file of its name in fused/", () => {
  const index = readFileSync(join(root, "lib", "assembly", "index.ts"), "utf8");
  const exports = [...index.matchAll(/export \{([^}]*)\} from "\.\/(?:network|gradient)\/(\w+)"/g)];
  const routines = exports
    .flatMap(([, names, file]) => names.split(",").map((name) => ({ name: name.trim(), file })))
    .filter(({ name }) => name !== "");
  assert.ok(routines.length > 10, `only ${routines.length} routines were found: the search is broken`);
  const callers = filesBelow(source).filter((file) => room(file) !== "wasm");
  const wrong = routines.flatMap(({ name, file }) => {
    const calls = callers.filter((caller) =>
      new RegExp(`routines\\.${name}\\b|"${name}"`).test(readFileSync(caller, "utf8")),
    );
    assert.notEqual(calls.length, 0, `${name} is called nowhere: the search is broken, or the routine is not needed`);
    return calls
      .filter((caller) => caller !== join(source, "fused", `${file}.ts`))
      .map((caller) => `${relative(root, caller)} calls ${name}`);
  });
  assert.deepEqual(wrong, []);
});

test("the library and the kernel never import each other, nor the browser edition", () => {
  const wrong = [...importsBelow(source), ...importsBelow(join(root, "kernel", "src"))].filter((found) => {
    const inLibrary = found.from.startsWith(source);
    const place = found.to.startsWith(".") ? relative(root, target(found)).split(sep)[0] : found.to.split("/")[0];
    return inLibrary
      ? ["kernel", "dlfs-kernel", "browser", "scripts", "test", "bench", "tools"].includes(place)
      : ["lib", "dlfs", "browser", "scripts", "test", "bench", "tools"].includes(place);
  });
  assert.deepEqual(wrong.map(label), []);
});

test("test, bench and scripts use the library, the kernel, the browser edition and tools, not each other", () => {
  const users = ["test", "bench", "scripts"];
  const wrong = [...users, "tools", "browser"].flatMap((own) =>
    importsBelow(join(root, own)).filter((found) => {
      const place = relative(root, target(found)).split(sep)[0];
      return found.to.startsWith(".") && users.includes(place) && place !== own;
    }),
  );
  assert.deepEqual(wrong.map(label), []);
});

test("each @stdlib namespace that the library imports is declared at an exact version", () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, "lib", "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const used = new Set(
    importsBelow(source)
      .map(({ to }) => to)
      .filter((to) => to.startsWith("@stdlib/"))
      .map((to) => to.split("/").slice(0, 2).join("/")),
  );
  assert.ok(used.size > 0);
  assert.deepEqual(
    [...used].filter((name) => !/^\d+\.\d+\.\d+$/.test(dependencies[name] ?? "")),
    [],
  );
  assert.ok(!used.has("@stdlib/stdlib"), "its root takes seconds to load and its types seconds to compile");
});
