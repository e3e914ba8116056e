import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { delimiter, join, resolve } from "node:path";
import { root, venvPython } from "../../tools/root";

/** A JupyterLab of its own, all its folders in one place that goes when it stops. */
export interface Lab {
  /** What it serves; inside the checkout, so that cells find the library. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** The address of a notebook, with the token. */
  url(notebook: string): string;
  stop(): Promise<void>;
}

export async function startLab(): Promise<Lab> {
  mkdirSync(join(root, ".setup"), { recursive: true });
  const home = mkdtempSync(join(root, ".setup", "browser-"));
  const folder = join(home, "notebooks");
  mkdirSync(folder);
  const env = environment(home);
  writeSettings(home);
  const port = await freePort();
  const token = randomBytes(16).toString("hex");
  const server = spawn(
    venvPython,
    [
      "-m",
      "jupyter",
      "lab",
      "--no-browser",
      "--ServerApp.ip=127.0.0.1",
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
      `--IdentityProvider.token=${token}`,
      `--ServerApp.root_dir=${folder}`,
      "--ServerApp.allow_root=True",
      "--LabApp.extension_manager=readonly",
      "--expose-app-in-browser",
    ],
    { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] },
  );
  const stop = async (): Promise<void> => {
    await ended(server);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answering(server, `http://127.0.0.1:${port}/api/status?token=${token}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { folder, env, url: (notebook) => `http://127.0.0.1:${port}/lab/tree/${notebook}?token=${token}&reset`, stop };
}

export function environment(home: string): NodeJS.ProcessEnv {
  const { DLFS_DATA, ...outer } = process.env;
  return {
    ...outer,
    ...(DLFS_DATA !== undefined && { DLFS_DATA: resolve(root, DLFS_DATA) }),
    PATH: [join(venvPython, ".."), process.env.PATH].join(delimiter),
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
    IPYTHONDIR: join(home, "ipython"),
  };
}

/** No question to the network or the reader, and all cells in the page, also those below the window. */
function writeSettings(home: string): void {
  const settings = {
    "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
      fetchNews: "false",
      checkForUpdates: false,
    },
    "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings": { windowingMode: "none" },
    "config/labconfig/page_config.json": {
      disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true },
    },
  };
  for (const [path, content] of Object.entries(settings)) {
    mkdirSync(join(home, path, ".."), { recursive: true });
    writeFileSync(join(home, path), JSON.stringify(content));
  }
}

export function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolvePort, reject) => {
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolvePort(port));
    });
  });
}

export async function answering(server: ChildProcess, url: string): Promise<void> {
  let log = "";
  server.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline && server.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((wait) => setTimeout(wait, 200));
  }
  throw new Error(`JupyterLab does not answer:\n${log}`);
}

/** Asked politely, it shuts its kernels down too. */
export function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return Promise.resolve();
  const exit = new Promise<void>((done) => server.once("exit", () => done()));
  server.kill("SIGTERM");
  const impatient = setTimeout(() => server.kill("SIGKILL"), 15_000);
  return exit.finally(() => clearTimeout(impatient));
}
