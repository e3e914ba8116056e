import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, windows } from "./environment.mjs";
import { filesBelow } from "./records.mjs";
import { runTool } from "./tool.mjs";

const modules = join(root, "node_modules");

/** Every command loads these packages first: if one of their files were damaged, no command could report that. */
const STARTERS = [
  "ts-node",
  "v8-compile-cache-lib",
  "create-require",
  "make-error",
  "arg",
  "yn",
  "diff",
  "acorn",
  "acorn-walk",
  "@cspotcode",
  "@tsconfig",
];

export const installPackages = (started) =>
  runTool("npm ci", npm("ci", "--no-audit", "--no-fund", "--loglevel=http"), started);

// npm gives its children its own path in npm_execpath, so neither a shell nor npm.cmd is needed. Without that variable,
// the npm on PATH is used.
function npm(...args) {
  const path = process.env.npm_execpath;
  return path?.endsWith(".js") && existsSync(path)
    ? [process.execPath, path, ...args]
    : [windows ? "npm.cmd" : "npm", ...args];
}

/** The files without which a package cannot be loaded: its package.json and its main file. */
export function vitalOfPackages() {
  const list = join(modules, ".package-lock.json");
  const { packages = {} } = JSON.parse(readFileSync(list, "utf8"));
  const starters = STARTERS.flatMap((name) => filesBelow(join(modules, name)).filter((file) => file.endsWith(".js")));
  const installed = Object.entries(packages).filter(([path]) => path.startsWith("node_modules")); // the rest is our own
  return [
    list,
    ...starters,
    ...installed.flatMap(([path, { link }]) => (link ? [join(root, path)] : doorsOf(join(root, path)))),
  ];
}

function doorsOf(folder) {
  const file = join(folder, "package.json");
  const door = doorOf(folder, JSON.parse(readFileSync(file, "utf8")).main ?? "index.js");
  return door ? [file, door] : [file];
}

function doorOf(folder, main) {
  const places = [main, `${main}.js`, join(main, "index.js")].map((name) => join(folder, name));
  return places.find((file) => /\.[a-z]+$/.test(file) && existsSync(file));
}

/** All files of node_modules except for the caches of tools. */
export const madeInModules = () => filesBelow(modules, [".cache"]);
