import { execFileSync } from "node:child_process";
import { readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, venv, venvPython, windows } from "./environment.mjs";
import { SetupError } from "./errors.mjs";
import { filesBelow } from "./records.mjs";
import { runTool } from "./tool.mjs";

const install = [
  "-m",
  "pip",
  "install",
  "--disable-pip-version-check",
  "--require-hashes",
  "-r",
  join(root, "scripts", "requirements.txt"),
];
const wanted = "Python 3.11 or newer is wanted";
const how =
  "install it (on Debian and Ubuntu: sudo apt install python3 python3-venv; on macOS: brew install python), " +
  "or name one by PYTHON=/path/to/python3 npm start";

export async function makeVenv(started) {
  const python = findPython();
  rmSync(venv, { recursive: true, force: true });
  await runTool("python -m venv", [python, "-m", "venv", venv], started);
  await runTool("pip install", [venvPython, ...install], started);
}

function findPython() {
  const asked = process.env.PYTHON;
  if (asked) return fits(versionOf(asked), asked);
  const seen = [];
  for (const name of [
    "python3.11",
    "python3",
    "python3.14",
    "python3.13",
    "python3.12",
    "python",
    windows && "py",
  ].filter(Boolean)) {
    const version = versionOf(name);
    if (isNew(version)) return name;
    if (version) seen.push(`${name} is ${version.join(".")}`);
  }
  throw new SetupError(`${wanted} and was not found${seen.length ? ` (${seen.join(", ")})` : ""}: ${how}`);
}

/** Returns the Python that the user has named. If it has no supported version, throws: no other Python is used then. */
function fits(version, name) {
  if (isNew(version)) return name;
  const found = version ? `is Python ${version.join(".")}` : "is no Python that can be started";
  throw new SetupError(`PYTHON=${name} ${found}: ${wanted}; name another one, or leave PYTHON out`);
}

const isNew = (version) => version !== undefined && (version[0] > 3 || (version[0] === 3 && version[1] >= 11));

function versionOf(name) {
  try {
    const printed = execFileSync(name, ["-c", "import sys; print(*sys.version_info[:2])"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const version = printed.trim().split(" ").map(Number);
    return version.length === 2 && version.every(Number.isInteger) ? version : undefined;
  } catch {
    return undefined;
  }
}

/** The record of the Python with which .venv was made, because an upgrade of the system may remove or replace it. */
export function recordPython() {
  const file = realpathSync(venvPython);
  return { file, state: binaryState(file), version: versionOf(venvPython)?.join(".") };
}

/** Whether .venv still uses the Python with which it was made, and whether that is the version that PYTHON names. */
export function pythonWorks(record) {
  const asked = process.env.PYTHON;
  if (asked && versionOf(fits(versionOf(asked), asked)).join(".") !== record?.version) return false;
  try {
    const file = realpathSync(venvPython);
    if (file === record.file && binaryState(file) === record.state) return true;
    return versionOf(venvPython)?.join(".") === record.version;
  } catch {
    return false;
  }
}

function binaryState(file) {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${Math.floor(mtimeMs)}`;
}

/** The files without which nothing in .venv works: the list of files and the main file of each package. */
export function vitalOfVenv() {
  const places = sitePackages();
  const doors = places.flatMap((place) =>
    readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(place, name, name.endsWith(".dist-info") ? "RECORD" : "__init__.py")),
  );
  return [join(venv, "pyvenv.cfg"), ...doors];
}

/** All files of .venv except for those that Python and the kernel's step write. */
export const madeInVenv = () => filesBelow(venv, ["__pycache__", "kernels"]);

function sitePackages() {
  const found = filesBelow(venv, ["__pycache__", "share", "include", "bin"]).filter((file) =>
    /[\\/]site-packages[\\/][^\\/]+\.dist-info[\\/]RECORD$/.test(file),
  );
  return [...new Set(found.map((file) => join(file, "..", "..")))];
}
