import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import type { MakeOptions } from "../make";
import { root } from "../../tools/root";
import { replacePart } from "./part";

/** Folders that are drawn as a frame that contains their subfolders. */
const FRAMES = ["lib/src", "lib/assembly", "kernel/src", "browser"];
/** Folders that are drawn as one box each: they use the modules in the frames. */
const USERS = ["scripts", "test", "bench", "tools"];
/** Files that only pass on what others export: every folder would seem to be used by them. */
const PASSING_ON = ["lib/src/index.ts", "lib/assembly/index.ts"];
/** Connections between folders that are not imports. */
const WITHOUT_IMPORT = [
  '  lib_src_wasm -. "calls, once compiled" .-> lib_assembly',
  '  notebooks(["notebooks"]) -. "import dlfs" .-> lib_src',
  '  kernel_src -. "runs the cells of" .-> notebooks',
  '  browser_src -. "loads" .-> lib_src',
];

/** From each box the boxes that it imports from. */
type Graph = Map<string, Set<string>>;

/** Draws the folders and their imports into docs/architecture.md. */
export function make({ check }: MakeOptions): void {
  replacePart("architecture", join("docs", "architecture.md"), `\`\`\`mermaid\n${drawing(readGraph())}\`\`\`\n`, check);
}

function drawing(graph: Graph): string {
  const frames = FRAMES.flatMap((frame) => [
    `  subgraph ${idOf(frame)}["${frame}"]`,
    ...[...graph.keys()].filter((box) => isIn(frame, box)).map((box) => `    ${idOf(box)}["${nameOf(frame, box)}"]`),
    "  end",
  ]);
  const arrows = [...reduced(graph)].flatMap(([from, boxes]) =>
    [...boxes].map((to) => `  ${idOf(from)} --> ${idOf(to)}`),
  );
  return ["flowchart TD", ...frames, ...arrows.sort(), ...WITHOUT_IMPORT].map((line) => `${line}\n`).join("");
}

/** The id of a box in Mermaid. */
const idOf = (box: string): string => box.replace(/\W/g, "_");

const isIn = (frame: string, box: string): boolean => box.startsWith(`${frame}/`);

const nameOf = (frame: string, box: string): string => box.slice(frame.length + 1);

function readGraph(): Graph {
  const graph: Graph = new Map();
  for (const file of [...FRAMES, ...USERS].flatMap(filesBelow)) {
    const from = boxOf(file)!;
    const targets = graph.get(from) ?? new Set();
    graph.set(from, targets);
    for (const imported of importsOf(file)) {
      const to = targetOf(from, imported);
      if (to !== undefined && to !== from) targets.add(to);
    }
  }
  return new Map([...graph].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => name.endsWith(".ts") && !/(^|[\\/])(node_modules|dist)[\\/]/.test(name));
  return sources.map((name) => `${folder}/${name.split(sep).join("/")}`).filter((file) => !PASSING_ON.includes(file));
}

/**
 * The files that a file imports by path, including imports of types. Imports whose path is computed at run time are
 * left out.
 */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
  const paths = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith("."));
  return paths.map((path) =>
    relative(root, resolve(root, dirname(file), path))
      .split(sep)
      .join("/"),
  );
}

/** From outside of a frame an arrow leads to the frame and not to each of its boxes. */
function targetOf(from: string, imported: string): string | undefined {
  const frame = FRAMES.find((name) => imported === name || isIn(name, imported));
  return frame !== undefined && !isIn(frame, from) ? frame : boxOf(imported);
}

/** The box of a file or folder; undefined if it is not drawn. */
function boxOf(path: string): string | undefined {
  const user = USERS.find((name) => isIn(name, path));
  if (user !== undefined) return user;
  const frame = FRAMES.find((name) => isIn(name, path));
  if (frame === undefined) return undefined;
  const [first, ...rest] = path.slice(frame.length + 1).split("/");
  if (rest.length > 0 || existsSync(join(root, frame, first, "index.ts"))) return `${frame}/${first}`;
  return `${frame}/${first.replace(/\.ts$/, "")}.ts`;
}

/** Removes the arrows that follow from others: a --> c if there is a --> b and a path from b to c. */
function reduced(graph: Graph): Graph {
  const reach = new Map([...graph.keys()].map((box) => [box, reachedFrom(graph, box)]));
  if ([...reach].some(([box, reached]) => reached.has(box))) return graph; // in a circle each arrow follows from others
  return new Map(
    [...graph].map(([box, targets]) => {
      const follows = (to: string) => [...targets].some((via) => via !== to && reach.get(via)?.has(to));
      return [box, new Set([...targets].filter((to) => !follows(to)))];
    }),
  );
}

/** Every box to which a path leads. */
function reachedFrom(graph: Graph, start: string, reached = new Set<string>()): Set<string> {
  for (const to of graph.get(start) ?? []) {
    if (reached.has(to)) continue;
    reached.add(to);
    reachedFrom(graph, to, reached);
  }
  return reached;
}
