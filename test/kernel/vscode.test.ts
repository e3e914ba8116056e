import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import ts from "typescript";
import { Dealer } from "zeromq";
import { address, decode, type Message } from "../../kernel/src/channels/wire";
import { KernelClient, readKernelSpec } from "../../tools/kernelClient";
import { root, venvPython } from "../../tools/root";

/**
 * The kernel as VS Code's Jupyter extension uses it: without a Jupyter Server, from the kernelspec of .venv, in the
 * notebook's folder, and with messages that JupyterLab does not send. What the extension does is taken from its source
 * (microsoft/vscode-jupyter, src/kernels/raw); VS Code itself is not started here. docs/vscode.md has the whole story.
 */

const SPEC = path.join(root, ".venv", "share", "jupyter", "kernels", "tslab");

// Spaces, because names of users and folders have some.
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "VS Code ")));
const notebooks = path.join(folder, "my notebooks");
const temporary = path.join(folder, "runtime files");
for (const each of [notebooks, temporary]) mkdirSync(each);
// the client writes the connection file there; the second name is that of Windows
Object.assign(process.env, { TMPDIR: temporary, TEMP: temporary });

const inherited = ["LANG", "SystemRoot"].map((name) => [name, process.env[name]]);
/** VS Code's own variables, and .venv activated; no PATH to Node, nothing of npm or Jupyter Server. */
const env: NodeJS.ProcessEnv = {
  ...Object.fromEntries(inherited),
  HOME: folder,
  PATH: path.dirname(venvPython),
  VIRTUAL_ENV: path.join(root, ".venv"),
  ELECTRON_RUN_AS_NODE: "1",
  VSCODE_PID: String(process.pid),
  PYTHONUNBUFFERED: "1",
  PYTHONIOENCODING: "utf-8",
  PYTHON_FROZEN_MODULES: "on",
};

const start = (): Promise<KernelClient> => KernelClient.start(readKernelSpec(SPEC), { cwd: notebooks, env });

let kernel: KernelClient;
before(async () => void (kernel = await start()));
after(async () => {
  await kernel?.shutdown();
  rmSync(folder, { recursive: true, force: true });
});

async function plain(code: string): Promise<unknown> {
  const { outputs, reply } = await kernel.execute(code);
  const [, content] = outputs.find(([type]) => type === "execute_result") ?? [];
  return (content?.data as Record<string, unknown> | undefined)?.["text/plain"] ?? reply.evalue;
}

type Channel = "shell" | "control";
const CHANNELS: Channel[] = ["shell", "control"];

interface Written {
  type: string;
  content?: object;
  /** Changes of the header; null is sent in its place. */
  header?: object | null;
  buffers?: string[];
}

/**
 * Sends messages by a socket of its own and gives the first reply. They are written and signed here, not by the
 * kernel's own functions, so that both cannot be wrong in the same way.
 */
async function ask({ connection }: KernelClient, channel: Channel, messages: Written[]): Promise<Message> {
  const socket = new Dealer({ linger: 0, receiveTimeout: 30_000 });
  try {
    socket.connect(address(connection, connection[`${channel}_port`]));
    for (const { type, content = {}, header = {}, buffers = [] } of messages) {
      const date = new Date().toISOString();
      const whole = { msg_id: randomUUID(), msg_type: type, session: "s", username: "u", version: "5.2", date };
      const parts = [header && { ...whole, ...header }, {}, {}, content].map((part) => JSON.stringify(part));
      const signature = createHmac("sha256", connection.key).update(parts.join("")).digest("hex"); // not of buffers
      await socket.send(["<IDS|MSG>", signature, ...parts, ...buffers]);
    }
    return decode(connection.key, await socket.receive());
  } finally {
    socket.close();
  }
}

function readSettings(...names: string[]): Record<string, unknown> {
  const file = path.join(root, ...names);
  const { config, error } = ts.parseConfigFileTextToJson(file, readFileSync(file, "utf8")); // with comments
  assert.equal(error, undefined, file);
  return config as Record<string, unknown>;
}

test("VS Code is told which extensions to install, the same ones as in the container", () => {
  const { recommendations } = readSettings(".vscode", "extensions.json") as { recommendations: string[] };
  for (const wanted of ["ms-toolsai.jupyter", "ms-toolsai.jupyter-renderers", "ms-python.python"])
    assert.ok(recommendations.includes(wanted), wanted);
  const { customizations } = readSettings(".devcontainer", "devcontainer.json") as {
    customizations: { vscode: { extensions: string[] } };
  };
  assert.deepEqual(customizations.vscode.extensions, recommendations);
});

const otherLayout = process.platform === "win32" && "on Windows the extension has to find .venv by itself";

test("VS Code is told the Python in whose environment the kernel is", { skip: otherLayout }, () => {
  const { "python.defaultInterpreterPath": python } = readSettings(".vscode", "settings.json");
  assert.equal(String(python).replace("${workspaceFolder}", root), venvPython);
});

test("VS Code is told to start a kernel in the folder of its notebook", () => {
  assert.equal(readSettings(".vscode", "settings.json")["jupyter.notebookFileRoot"], "${fileDirname}");
});

test("the Jupyter of that Python lists the kernel, with a command that needs no shell and no PATH", () => {
  const args = ["-m", "jupyter", "kernelspec", "list", "--json"];
  const { stdout, stderr } = spawnSync(venvPython, args, { cwd: notebooks, env, encoding: "utf8" });
  assert.match(stdout, /^\{/, stderr);
  const { tslab } = (JSON.parse(stdout) as { kernelspecs: Record<string, { resource_dir: string; spec: object }> })
    .kernelspecs;
  assert.equal(realpathSync(tslab.resource_dir), realpathSync(SPEC));
  const { argv, env: own = {} } = readKernelSpec(SPEC);
  assert.ok(path.isAbsolute(argv[0]) && path.isAbsolute(argv[1]), argv.join(" "));
  assert.ok(argv.includes("{connection_file}"), "the placeholder is not an argument of its own");
  assert.deepEqual(own, {});
});

test("requests before any cell are answered: completion, help, completeness, history, comms", async () => {
  const { matches } = await kernel.request("complete_request", { code: "Math.hyp", cursor_pos: 8 });
  assert.deepEqual(matches, ["hypot"]);
  const { found } = await kernel.request("inspect_request", { code: "Math.hypot", cursor_pos: 10, detail_level: 0 });
  assert.equal(found, true);
  assert.equal((await kernel.request("is_complete_request", { code: "f(" })).status, "incomplete");
  const tail = { hist_access_type: "tail", n: 10, raw: true, output: false };
  assert.deepEqual((await kernel.request("history_request", tail)).history, []);
  assert.deepEqual((await kernel.request("comm_info_request")).comms, {});
});

test("the kernel describes itself on both channels alike, and claims neither a debugger nor subshells", async () => {
  const [first, second] = await Promise.all(CHANNELS.map((each) => kernel.request("kernel_info_request", {}, each)));
  assert.deepEqual(second, first);
  assert.deepEqual([first.status, first.debugger, first.supported_features], ["ok", undefined, undefined]);
});

test("cells run in the notebook's folder, whose path has a space, and find the library", async () => {
  assert.equal(await plain("process.cwd() === __dirname && __dirname"), `'${notebooks}'`);
  assert.equal(await plain('import { np } from "dlfs";\nnp.sum([1, 2])'), "3");
});

// The extension sends the setting jupyter.runStartupCommands in this way, and code of other extensions.
test("code without history declares names and shows its output, but takes no number and is not in the history", async () => {
  const { reply: last } = await kernel.execute("0");
  const { reply, outputs } = await kernel.execute("const prepared = 7;\nprepared", {
    store_history: false,
    stop_on_error: false,
    allow_stdin: true,
  });
  assert.deepEqual([reply.status, reply.execution_count], ["ok", last.execution_count]);
  assert.deepEqual(
    outputs.map(([, { data }]) => data),
    [{ "text/plain": "7" }],
  );
  const { reply: next, outputs: seen } = await kernel.execute("prepared + 1");
  assert.equal(next.execution_count, (last.execution_count as number) + 1);
  assert.deepEqual(seen[0][1].data, { "text/plain": "8" });
  const search = { hist_access_type: "search", pattern: "*const prepared*", raw: true, output: false };
  assert.deepEqual((await kernel.request("history_request", search)).history, []);
});

// Until November 2025 the extension sent its interrupt on the shell channel (microsoft/vscode-jupyter, issue 17143).
test("an interrupt on the shell channel ends a cell that waits, and harms nothing while none runs", async () => {
  let answer: Promise<unknown> | undefined;
  const interrupt = () => kernel.request("interrupt_request", {}, "shell");
  const { reply } = await kernel.execute(
    'console.log("x"); await new Promise((done) => setTimeout(done, 30_000));',
    {},
    (type) => {
      if (type === "stream") answer ??= interrupt();
    },
  );
  assert.deepEqual([reply.status, reply.ename], ["error", "KeyboardInterrupt"]);
  assert.deepEqual([await answer, await interrupt()], [{ status: "ok" }, { status: "ok" }]);
  assert.equal(await plain("1 + 1"), "2");
});

const VARIANTS: [string, Omit<Written, "type">][] = [
  ["without a date", { header: { date: undefined } }],
  ["with an empty date", { header: { date: "" } }],
  ["with a date that is none", { header: { date: "yesterday" } }],
  ["without version, user and session", { header: { version: undefined, username: undefined, session: undefined } }],
  ["with buffers behind the content, which are not signed", { buffers: ["first", "second"] }],
];

for (const [what, variant] of VARIANTS) {
  test(`a message ${what} is answered on both channels`, async () => {
    for (const channel of CHANNELS) {
      const { header } = await ask(kernel, channel, [{ type: "kernel_info_request", ...variant }]);
      assert.equal(header.msg_type, "kernel_info_reply", channel);
    }
  });
}

test("messages that the kernel does not know get no reply, and it goes on to answer the others", async () => {
  const unknown: Written[] = [
    { type: "debug_request", content: { type: "request", seq: 1, command: "initialize" } },
    { type: "create_subshell_request" },
    { type: "nobody_request" },
    { type: "comm_msg", content: { comm_id: "nobody", data: {} } },
    { type: "comm_close", content: { comm_id: "nobody", data: {} } },
    { type: "", header: { msg_type: undefined } },
    { type: "", header: null },
  ];
  for (const channel of CHANNELS) {
    const { header } = await ask(kernel, channel, [...unknown, { type: "kernel_info_request" }]);
    assert.equal(header.msg_type, "kernel_info_reply", channel);
  }
  assert.equal(await plain("1 + 1"), "2");
});

test("a shutdown for a restart is answered as such, and the kernel ends with exit code 0", async () => {
  const other = await start();
  const { header, content } = await ask(other, "control", [{ type: "shutdown_request", content: { restart: true } }]);
  assert.deepEqual([header.msg_type, content], ["shutdown_reply", { status: "ok", restart: true }]);
  assert.deepEqual([await other.exited, other.log], [0, ""]);
  other.close();
});

// This is how the extension stops and restarts a kernel: it sends no message.
test(
  "a signal to the kernel's own process and then to the one that was started ends both, and starts none anew",
  { skip: process.platform === "win32" && "there the extension calls taskkill" },
  async () => {
    const other = await start();
    const { outputs } = await other.execute("process.pid");
    const own = Number((outputs[0][1].data as Record<string, string>)["text/plain"]);
    for (const pid of [own, other.pid]) process.kill(pid, "SIGTERM");
    await other.exited;
    assert.throws(() => process.kill(own, 0), { code: "ESRCH" });
    assert.equal(other.log, "");
    other.close();
  },
);
