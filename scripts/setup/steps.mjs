import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandEnvironment, root, state, venv, venvPython, windows } from "./environment.mjs";
import { explain, SetupError } from "./errors.mjs";

const lockFiles = ["package.json", "package-lock.json", "lib/package.json", "kernel/package.json"];
const sources = [...lockFiles, "tsconfig.json", "lib/tsconfig.json", "kernel/tsconfig.json", "lib/src", "lib/assembly", "kernel/src"];
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

/** What must be there before a command runs, in order; each is skipped while its inputs stay the same. */
export const steps = [
  {
    name: "npm",
    title: "npm packages (npm ci)",
    inputs: lockFiles,
    outputs: ["node_modules/typescript/bin/tsc", "node_modules/tslab/package.json"],
    run: () => tool("npm ci", ...npm("ci", "--no-audit", "--no-fund", "--loglevel=http")),
  },
  {
    name: "python",
    title: "Python packages (.venv: JupyterLab, nbclient, NumPy)",
    inputs: ["scripts/requirements.txt"],
    outputs: [".venv/pyvenv.cfg"],
    run: makeVenv,
  },
  {
    name: "build",
    title: "the library and the kernel (tsc, asc)",
    inputs: sources,
    outputs: ["lib/dist/index.js", "kernel/dist/main.js"],
    run: build,
  },
  {
    name: "kernel",
    title: "the kernelspec",
    inputs: [...sources, "scripts/requirements.txt"],
    outputs: [".venv/share/jupyter/kernels/tslab/kernel.json"],
    run: () => tool("the kernelspec", process.execPath, [join(root, "kernel", "dist", "install.js"), venv]),
  },
];

async function build() {
  for (const workspace of ["lib", "kernel"]) {
    // tsc trusts its own record of what it has written; a missing file means starting over.
    rmSync(join(root, workspace, "dist", ".tsbuildinfo"), { force: true });
    await tool(`the build of ${workspace}`, process.execPath, [tsc, "-p", workspace], true);
  }
  await tool("the build of the WebAssembly routines", process.execPath, [join(root, "lib", "assembly", "build.mjs")], true);
}

async function makeVenv() {
  const python = findPython();
  rmSync(venv, { recursive: true, force: true });
  await tool("python -m venv", python, ["-m", "venv", venv]);
  await tool("pip install", venvPython, ["-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "-r", join(root, "scripts", "requirements.txt")]);
}

function findPython() {
  const names = [process.env.PYTHON, "python3.11", "python3", "python3.14", "python3.13", "python3.12", "python", windows && "py"].filter(Boolean);
  const seen = [];
  for (const name of names) {
    const version = pythonVersion(name);
    if (version && (version[0] > 3 || version[1] >= 11)) return name;
    if (version) seen.push(`${name} is ${version.join(".")}`);
  }
  throw new SetupError(`Python 3.11 or newer is wanted and was not found${seen.length ? ` (${seen.join(", ")})` : ""}: install it (on Debian and Ubuntu: sudo apt install python3 python3-venv; on macOS: brew install python), or name one by PYTHON=/path/to/python3 npm start`);
}

function pythonVersion(name) {
  try {
    const printed = execFileSync(name, ["-c", "import sys; print(*sys.version_info[:2])"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return printed.trim().split(" ").map(Number);
  } catch {
    return undefined;
  }
}

// npm tells its children where it lives, which needs no shell and no npm.cmd; started by hand, node's own npm serves.
function npm(...args) {
  const path = process.env.npm_execpath;
  return path?.endsWith(".js") && existsSync(path) ? [process.execPath, [path, ...args]] : [windows ? "npm.cmd" : "npm", args];
}

/** Runs a tool, its output into a log and its newest line onto the terminal; a failure becomes one sentence. */
function tool(what, file, args, showAll = false) {
  mkdirSync(state, { recursive: true });
  const log = join(state, `${what.replace(/[^a-z]+/gi, "-")}.log`);
  const sink = createWriteStream(log);
  const live = process.stderr.isTTY;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, env: commandEnvironment(), stdio: ["ignore", "pipe", "pipe"], shell: file.endsWith(".cmd") });
    const stop = () => child.kill("SIGTERM");
    process.once("exit", stop);
    const take = (chunk) => {
      sink.write(chunk);
      const line = chunk.toString().trim().split("\n").at(-1).slice(0, (process.stderr.columns ?? 80) - 4);
      if (live) process.stderr.write(`\r\x1b[K  ${line}`);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => reject(explain(what, String(error), log)));
    child.on("close", (code) => {
      process.removeListener("exit", stop);
      if (live) process.stderr.write("\r\x1b[K");
      sink.end(() => {
        if (code === 0) return resolve();
        const printed = readFileSync(log, "utf8");
        // A compiler's words are the explanation; a package manager's need one.
        reject(showAll ? new SetupError(`${printed.trim()}\n${what} failed: mend what is named above and run the command again`) : explain(what, printed, log));
      });
    });
  });
}

