import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { attached, root, venvPython } from "../root";

/** One line of execute.py. */
export type CellEvent =
  | { event: "cell"; at: number; of: number; id: string; line: string }
  | { event: "done"; of: number }
  | { event: "failed"; at: number; of: number; id: string; source: string; name: string; message: string; traceback: string[] };

export interface Execution {
  kernel?: string;
  environment?: NodeJS.ProcessEnv;
  onEvent?: (event: CellEvent) => void;
}

/** Executes a notebook by nbclient with notebooks/ as its folder; the executed copy goes to `result`. */
export async function executeNotebook(notebook: string, result: string, options: Execution = {}): Promise<CellEvent> {
  const { kernel = "tslab", environment = process.env, onEvent } = options;
  const script = join(root, "scripts", "execute.py");
  const child = spawn(venvPython, attached(script, notebook, result, "--kernel", kernel, "--cwd", join(root, "notebooks")), {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = (): void => void child.kill("SIGTERM");
  process.once("exit", stop);
  const complaints: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  const exited = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  let last: CellEvent | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    last = JSON.parse(line) as CellEvent;
    onEvent?.(last);
  }
  const code = await exited;
  process.removeListener("exit", stop);
  if (last && last.event !== "cell") return last;
  throw new Error(`nbclient stopped with exit code ${code} before the end of ${notebook}:\n${Buffer.concat(complaints).toString()}`);
}
