import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, windows } from "./environment.mjs";
import { filesBelow } from "./records.mjs";
import { runTool } from "./tool.mjs";

const modules = join(root, "node_modules");

/** Every command starts with these, so a damaged file of theirs could not even be told. */
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

// npm tells its children where it lives, which needs no shell and no npm.cmd; started by hand, node's own npm serves.
function npm(...args) {
  const path = process.env.npm_execpath;
  return path?.endsWith(".js") && existsSync(path)
    ? [process.execPath, path, ...args]
    : [windows ? "npm.cmd" : "npm", ...args];
}

/** The files without which a package cannot be loaded: its package.json and its door. */
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

/** All files of node_modules but the links to our own packages and what tools keep for themselves. */
export const madeInModules = () => filesBelow(modules, [".cache"]);
