import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { root, venvPython } from "../../tools/root";
import { KernelClient, readKernelSpec, type KernelSpec } from "../../tools/kernelClient";

/**
 * A temporary Jupyter of its own for a test file: kernelspecs of ours and of stock tslab, nothing in the home folder.
 */

const INSTALL = path.join(root, "kernel", "dist", "start", "install.js");

export interface Finished {
  status: number | null;
  stdout: string;
  stderr: string;
}

export class Workplace {
  readonly folder = mkdtempSync(path.join(tmpdir(), "kernel-test-"));
  readonly env: NodeJS.ProcessEnv;

  constructor() {
    if (!existsSync(INSTALL)) throw new Error(`Workplace: ${INSTALL} is not there; build it first: npm run build`);
    const inside = (name: string) => path.join(this.folder, name);
    this.env = {
      ...process.env,
      JUPYTER_PATH: inside("share/jupyter"),
      JUPYTER_DATA_DIR: inside("data"),
      JUPYTER_CONFIG_DIR: inside("config"),
      JUPYTER_RUNTIME_DIR: inside("runtime"),
      IPYTHONDIR: inside("ipython"),
      TMPDIR: inside("tmp"),
      PYTHONDONTWRITEBYTECODE: "1",
    };
    delete this.env.NODE_TEST_CONTEXT; // the test runner's, not the kernel's
    mkdirSync(inside("tmp"));
    const { status, stderr } = spawnSync(process.execPath, [INSTALL, this.folder], { encoding: "utf8" });
    if (status !== 0) throw new Error(`Workplace: install.js ended with ${status}: ${stderr}`);
    this.addSpec("stock", stockSpec());
  }

  specFolder(name: string): string {
    return path.join(this.folder, "share", "jupyter", "kernels", name);
  }

  addSpec(name: string, spec: KernelSpec): void {
    mkdirSync(this.specFolder(name), { recursive: true });
    const text = JSON.stringify({ display_name: name, language: "typescript", ...spec });
    writeFileSync(path.join(this.specFolder(name), "kernel.json"), text);
  }

  /** A running kernel of the spec named. */
  start(name = "tslab", cwd = root): Promise<KernelClient> {
    return KernelClient.start(readKernelSpec(this.specFolder(name)), { cwd, env: this.env });
  }

  /** Runs the Python of .venv. */
  python(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
    return new Promise((resolve, reject) => {
      const child = spawn(venvPython, args, {
        cwd: this.folder,
        env: { ...this.env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const result = { stdout: "", stderr: "" };
      child.stdout.on("data", (text) => (result.stdout += text));
      child.stderr.on("data", (text) => (result.stderr += text));
      child.once("error", reject);
      child.once("close", (status) => resolve({ status, ...result }));
    });
  }

  /** Writes a file into the temporary folder and returns its path. */
  file(name: string, text: string): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One kernel for all tests of a file, in a workplace of its own. */
export function shareKernel(take: (kernel: KernelClient) => void, cwd = root): void {
  const workplace = new Workplace();
  let kernel: KernelClient | undefined;
  before(async () => take((kernel = await workplace.start("tslab", cwd))));
  after(async () => {
    await kernel?.shutdown();
    workplace.remove();
  });
}

/** The kernelspec that `tslab install` would write. */
function stockSpec(): KernelSpec {
  const binary = path.join(path.dirname(require.resolve("tslab/package.json")), "bin", "tslab");
  return { argv: [process.execPath, binary, "kernel", "--config-path", "{connection_file}"] };
}

/** A notebook of these code cells, for the TypeScript kernel. */
export function notebook(cells: string[]): string {
  const code = cells.map((source, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: code });
}
