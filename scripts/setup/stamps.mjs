import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root, state } from "./environment.mjs";

/** A step is current when the digest of its inputs is the stamped one and what it made is still there. */
export function isCurrent(step) {
  if (!step.outputs.every((path) => existsSync(join(root, path)))) return false;
  try {
    return readFileSync(stampFile(step), "utf8") === digest(step);
  } catch {
    return false;
  }
}

export function stamp(step) {
  mkdirSync(state, { recursive: true });
  const file = stampFile(step);
  writeFileSync(`${file}.new`, digest(step));
  renameSync(`${file}.new`, file);
}

const stampFile = (step) => join(state, `${step.name}.stamp`);

// The path is an input because .venv, the kernelspec and the start-up snapshot hold it.
function digest(step) {
  const hash = createHash("sha256").update(JSON.stringify([root, process.version, process.arch]));
  for (const path of step.inputs) for (const file of filesBelow(join(root, path))) {
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().filter((name) => name !== "node_modules").flatMap((name) => filesBelow(join(path, name)));
}
