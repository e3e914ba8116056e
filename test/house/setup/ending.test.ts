import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { appears, begin, checkout, end, posix, prints, put, run } from "./checkout";

const root = process.cwd();

/** A command that starts a child as start.ts does, prints both numbers and waits. */
const waiting = `const help = \`
npm run waiting
\`;
const { spawn } = require("node:child_process");
const line = ["-e", "console.log('child'); setInterval(() => {}, 1000)"];
const child = spawn(process.execPath, line, { stdio: ["ignore", "inherit", "inherit"] });
process.once("exit", () => child.kill());
console.log("command " + process.pid);
setInterval(() => {}, 1000);`;

async function waitingCheckout(folder: string): Promise<void> {
  put(folder, "scripts/waiting.ts", waiting);
  await run(folder, ["build"]);
}

// All of them hold the pipes, so these close when the last one has ended.
for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) {
  test(
    `${signal} to the set-up's process ends the command and its children, with the signal's exit code`,
    posix,
    async (t) => {
      const folder = checkout(t);
      await waitingCheckout(folder);
      const child = begin(folder, ["waiting"]);
      const ended = end(child);
      await prints(child, /command \d+[^]*child|child[^]*command \d+/);
      child.kill(signal);
      assert.equal((await ended).code, { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 }[signal]);
    },
  );
}

test("SIGKILL to the set-up's process ends the command and its children", posix, async (t) => {
  const folder = checkout(t);
  await waitingCheckout(folder);
  const child = begin(folder, ["waiting"]);
  const ended = end(child);
  await prints(child, /command \d+[^]*child|child[^]*command \d+/);
  child.kill("SIGKILL");
  await ended;
});

// as npm starts it: some shells stay between, others become the command
for (const [line, between] of [
  ["node scripts/setup.mjs waiting", "no shell"],
  ["node scripts/setup.mjs waiting; true", "a shell"],
]) {
  test(`SIGKILL to npm, with ${between} between, ends the command and its children`, posix, async (t) => {
    const folder = checkout(t);
    await waitingCheckout(folder);
    const npm = `require("node:child_process").spawn("bash", ["-c", ${JSON.stringify(line)}], { stdio: "inherit" });`;
    const env = { ...process.env, PYTHON: join(folder, "python-stand-in"), npm_lifecycle_event: "waiting" };
    const child = spawn(process.execPath, ["-e", npm], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const ended = end(child);
    await prints(child, /command \d+[^]*child|child[^]*command \d+/);
    child.kill("SIGKILL");
    await ended;
  });
}

test("SIGTERM during a step ends its tool and leaves no lock", posix, async (t) => {
  const folder = checkout(
    t,
    `require("node:fs").writeFileSync("npm.begun", String(process.pid)); setInterval(() => {}, 1000);`,
  );
  const child = begin(folder, ["build"]);
  const ended = end(child);
  await appears(join(folder, "npm.begun"));
  child.kill("SIGTERM");
  assert.equal((await ended).code, 143);
  assert.deepEqual(readdirSync(join(folder, ".setup", "locks")), []);
  await gone(Number(readFileSync(join(folder, "npm.begun"), "utf8")));
});

/** Resolves when there is no process of this number, or only its exit code. */
async function gone(pid: number): Promise<void> {
  const ps = spawn("ps", ["-o", "stat=", "-p", String(pid)]);
  const { printed } = await end(ps);
  if (printed.trim() !== "" && !printed.startsWith("Z")) await gone(pid);
}

test("a reader that wants no more lines ends the command without a word", posix, async (t) => {
  const folder = checkout(t);
  put(folder, "scripts/lines.ts", "const help = `\nnpm run lines\n`;\nsetInterval(() => console.log('line'), 1);");
  await run(folder, ["build"]);
  const child = begin(folder, ["lines"]);
  let complaints = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  child.stdout?.once("data", () => child.stdout?.destroy());
  const code = await new Promise((done) => child.on("close", done));
  assert.deepEqual([code, complaints], [141, ""]);
});

test("a Python that a command has started ends with it, though it is in the middle of something", posix, async (t) => {
  const folder = checkout(t);
  const python = join(root, ".venv", "bin", "python");
  put(
    folder,
    "long.py",
    "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: print('asked', flush=True))\nprint(sys.argv, __name__, flush=True)\nwhile True: time.sleep(1)",
  );
  const parent = `require("node:child_process").spawn(process.argv[1], [process.argv[2], process.pid, "long.py", "a", "b"], { stdio: "inherit" });`;
  const child: ChildProcess = spawn(process.execPath, ["-e", parent, python, join(root, "scripts/attached.py")], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = end(child);
  await prints(child, /__main__/);
  child.kill("SIGKILL");
  const { printed } = await ended;
  assert.match(printed, /^\['long\.py', 'a', 'b'\] __main__\nasked\n/);
  assert.ok(!existsSync(join(folder, ".setup")));
});
