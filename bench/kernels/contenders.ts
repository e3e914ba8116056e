import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { KernelClient, type KernelSpec } from "../../tools/kernelClient";
import { root, venvPython } from "../../tools/root";
import { versionOf } from "../contender";

/** The kernels that the bench compares. */

export interface Contender {
  name: string;
  spec: KernelSpec;
  /** The folder that it is started in. */
  folder: string;
  language: "TypeScript" | "Python";
}

/**
 * The project's kernel and stock tslab, of each Node; ipykernel; and Deno where its npm package is. `nodes` are
 * programs.
 */
export function contenders(nodes: readonly string[], folder: string): Contender[] {
  const notebooks = join(root, "notebooks");
  const python = {
    name: "ipykernel",
    spec: { argv: [venvPython, "-m", "ipykernel_launcher", "-f", "{connection_file}"] },
    folder: notebooks,
    language: "Python" as const,
  };
  const deno = join(root, "bench/node_modules/deno/bin.cjs");
  const denoSpec = { argv: [process.execPath, deno, "jupyter", "--kernel", "--conn", "{connection_file}"] };
  const others = existsSync(deno)
    ? [{ name: "Deno", spec: denoSpec, folder: notebooks, language: "TypeScript" as const }]
    : [];
  return [...nodes.flatMap((node) => [ownKernel(node, folder), stockTslab(node)]), python, ...others];
}

/** The project's kernel under a Node: built for the running one, or copied and given a startup snapshot of its own. */
export function ownKernel(node: string, folder: string): Contender {
  const home = node === process.execPath ? root : copyFor(node, join(folder, versionOf(node)));
  const spec = { argv: [node, join(home, "kernel/dist/start/main.js"), "--config-path", "{connection_file}"] };
  return {
    name: `this kernel, Node ${versionOf(node)}`,
    spec,
    folder: join(home, "notebooks"),
    language: "TypeScript",
  };
}

function stockTslab(node: string): Contender {
  const spec = {
    argv: [node, join(root, "node_modules/tslab/bin/tslab"), "kernel", "--config-path", "{connection_file}"],
  };
  return {
    name: `stock tslab, Node ${versionOf(node)}`,
    spec,
    folder: join(root, "notebooks"),
    language: "TypeScript",
  };
}

function copyFor(node: string, home: string): string {
  if (existsSync(home)) return home;
  mkdirSync(join(home, "notebooks"), { recursive: true });
  const isBuilt = (name: string) => !name.endsWith(`${join("dist", "snapshot")}`);
  for (const part of ["dist", "logos", "package.json"])
    cpSync(join(root, "kernel", part), join(home, "kernel", part), { recursive: true, filter: isBuilt });
  symlinkSync(join(root, "node_modules"), join(home, "node_modules"), "junction");
  execFileSync(node, [join(home, "kernel/dist/start/install.js"), join(home, "venv")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return home;
}

/** Starts it, with all that it writes beside itself in `folder`. */
export function start({ spec, folder: cwd }: Contender, folder: string): Promise<KernelClient> {
  const inside = (name: string) => join(folder, name);
  const env = {
    ...process.env,
    IPYTHONDIR: inside("ipython"),
    JUPYTER_RUNTIME_DIR: inside("runtime"),
    DENO_DIR: inside("deno"),
  };
  return KernelClient.start(spec, { cwd, env });
}

/** Runs a cell. @throws Error with what the cell ended with when that is an error */
export async function execute(kernel: KernelClient, code: string): Promise<string> {
  const { reply, outputs } = await kernel.execute(code);
  if (reply.status !== "ok") throw new Error(`a cell of the bench failed:\n${code}\n${JSON.stringify(outputs)}`);
  const result = outputs.find(([type]) => type === "execute_result");
  return String((result?.[1] as { data?: Record<string, string> } | undefined)?.data?.["text/plain"] ?? "");
}

/** Seconds that it took, and what came of it. */
export async function timed<Result>(work: () => Promise<Result>): Promise<[number, Result]> {
  const start = performance.now();
  const result = await work();
  return [(performance.now() - start) / 1000, result];
}
