import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { venvPython } from "../../tools/root";

/** The minors of Python 3 that the project supports. */
export const PYTHONS = [11, 12, 13, 14];

export interface PythonAtHand {
  readonly program: string;
  readonly version: string;
}

/** For each minor version but that of .venv, a Python from PATH or pyenv's folder that can make an environment. */
export function pythonsAtHand(): Map<number, PythonAtHand | undefined> {
  const own = minorOf(versionOf(venvPython));
  return new Map(PYTHONS.filter((minor) => minor !== own).map((minor) => [minor, find(minor)]));
}

function find(minor: number): PythonAtHand | undefined {
  for (const program of [`python3.${minor}`, "python3", ...pyenv(minor)]) {
    const version = versionOf(program);
    if (version !== undefined && minorOf(version) === minor) return { program, version };
  }
  return undefined;
}

function pyenv(minor: number): string[] {
  const versions = join(homedir(), ".pyenv", "versions");
  if (!existsSync(versions)) return [];
  const names = readdirSync(versions).filter((name) => name.startsWith(`3.${minor}.`));
  return names.map((name) => join(versions, name, "bin", "python3"));
}

/** Undefined if the program does not exist or cannot make an environment. */
function versionOf(program: string): string | undefined {
  try {
    const script = "import sys, venv, ensurepip; print('.'.join(map(str, sys.version_info[:3])))";
    return execFileSync(program, ["-c", script], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

const minorOf = (version: string | undefined): number => Number(version?.split(".")[1]);
