import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import test, { after } from "node:test";
import { readKernelSpec } from "../../tools/kernelClient";
import { venvPython } from "../../tools/root";
import { Workplace } from "./workplace";

const workplace = new Workplace();
after(() => workplace.remove());
const script = path.join(__dirname, "manyKernels.py");
const noPs = process.platform === "win32" && "needs ps and POSIX signals";

test("a shutdown ends the kernel with exit code 0 and nothing said", async () => {
  const kernel = await workplace.start();
  await kernel.execute("setInterval(() => {}, 1000);");
  await kernel.shutdown();
  assert.deepEqual([await kernel.exited, kernel.log], [0, ""]);
});

test("a kernel whose cell loops is shut down all the same", async () => {
  const kernel = await workplace.start();
  const cell = kernel.execute('console.log("x"); while (true) {}', {}, () => void kernel.shutdown());
  await assert.rejects(cell, /the kernel ended/);
});

test("process.exit in a cell says so and ends the kernel, after what listens for the exit", async () => {
  const kernel = await workplace.start();
  let said = "";
  const hear = (_: string, content: Record<string, unknown>) => void (said += String(content.text));
  await assert.rejects(
    kernel.execute('process.on("exit", () => console.log("bye")); process.exit(3);', {}, hear),
    /the kernel ended/,
  );
  assert.equal(said, "bye\nprocess.exit(3): the kernel ends\n");
  assert.equal(kernel.log, "");
  kernel.close();
});

for (const channel of ["hb_port", "control_port", "shell_port"] as const) {
  test(`a ${channel} that another program holds ends the kernel with the reason`, async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as AddressInfo;
    const others = {
      transport: "tcp",
      ip: "127.0.0.1",
      key: "k",
      shell_port: 0,
      iopub_port: 0,
      stdin_port: 0,
      control_port: 0,
      hb_port: 0,
    };
    const file = workplace.file(`${channel}.json`, JSON.stringify({ ...others, [channel]: port }));
    const [command, ...args] = readKernelSpec(workplace.specFolder("tslab")).argv.map((arg) =>
      arg.replace("{connection_file}", file),
    );
    const kernel = spawn(command, args, { env: workplace.env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    kernel.stderr.on("data", (text) => (said += text));
    await once(kernel, "close");
    holder.close();
    assert.match(said, /Address already in use/);
    assert.ok(!said.includes("terminate called"), said);
  });
}

for (const [what, code] of [
  ["an idle kernel", ""],
  ["a kernel in an endless loop", "while (true) {}"],
]) {
  test(`kill -9 of the parent ends ${what} within 5 s`, { skip: noPs }, async () => {
    const parent = spawn(venvPython, [script, "hold", ...(code ? [code] : [])], {
      env: workplace.env,
      cwd: workplace.folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pids: number[] = JSON.parse(
      await new Promise((resolve) => parent.stdout.once("data", (text) => resolve(`${text}`))),
    );
    assert.ok(pids.length > 0 && pids.every(alive));
    parent.kill("SIGKILL");
    const until = Date.now() + 5000;
    while (pids.some(alive) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(pids.filter(alive), []);
  });
}

test(
  "20 kernels started and stopped at once share no port and leave no process and no file",
  { skip: noPs },
  async () => {
    const folder = path.join(workplace.folder, "tmp");
    const before = readdirSync(folder);
    const { status, stdout, stderr } = await workplace.python([script, "many", "20"]);
    assert.equal(status, 0, stderr);
    const kernels: { ports: number[]; pids: number[]; file: string; text: string }[] = JSON.parse(stdout);
    assert.deepEqual(
      kernels.map(({ text }) => text),
      Array.from({ length: 20 }, (_, i) => `${2 * i}`),
    );
    assert.equal(new Set(kernels.flatMap(({ ports }) => ports)).size, 100);
    assert.deepEqual(kernels.flatMap(({ pids }) => pids).filter(alive), []);
    assert.deepEqual(
      kernels.filter(({ file }) => existsSync(file)),
      [],
    );
    assert.deepEqual(readdirSync(folder), before);
  },
);

/** Whether a process is there; one that has ended but was not waited for by its parent is not. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = path.join("/proc", `${pid}`, "stat");
  return !existsSync(status) || !/\) Z/.test(readFileSync(status, "utf8"));
}
