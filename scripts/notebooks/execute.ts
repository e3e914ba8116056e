import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { attached, root, venvPython } from "../../tools/root";

/** One line of execute.py; `at` counts code cells from 1, and is 0 where none had begun. */
export type CellEvent =
  { event: "cell"; at: number; of: number; id: string; line: string } | { event: "done"; of: number } | FailedEvent;

export interface FailedEvent {
  event: "failed";
  at: number;
  of: number;
  id: string;
  source: string;
  name: string;
  message: string;
  traceback: string[];
}

export interface Execution {
  kernel?: string;
  environment?: NodeJS.ProcessEnv;
  onEvent?: (event: CellEvent) => void;
}

/** Executes a notebook by nbclient, as if it were opened in its folder; the executed copy goes to `result`. */
export async function executeNotebook(notebook: string, result: string, options: Execution = {}): Promise<CellEvent> {
  const { kernel = "tslab", environment = process.env, onEvent } = options;
  const script = join(root, "scripts", "execute.py");
  const child = spawn(venvPython, attached(script, notebook, result, "--kernel", kernel, "--cwd", dirname(notebook)), {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = (): void => void child.kill("SIGTERM");
  process.once("exit", stop);
  const complaints: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(`could not be started: ${error.message}`));
    child.on("close", (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`));
  });
  let last: CellEvent | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    last = JSON.parse(line) as CellEvent;
    onEvent?.(last);
  }
  const end = await ended;
  process.removeListener("exit", stop);
  if (last && last.event !== "cell") return last;
  const failed = brokenOff(last, `nbclient (Python) ${end} before the end of the notebook${lastLine(complaints)}`);
  onEvent?.(failed);
  return failed;
}

/** The event for a Python process that ended too early to send one. */
function brokenOff(last: CellEvent | undefined, message: string): FailedEvent {
  const { at, of, id } = last?.event === "cell" ? last : { at: 0, of: 0, id: "" };
  return { event: "failed", at, of, id, source: "", name: "Error", message, traceback: [] };
}

/** The last line of the output, which in a Python traceback is the error. */
function lastLine(complaints: Buffer[]): string {
  const line = Buffer.concat(complaints).toString().trim().split("\n").at(-1);
  return line ? `: ${line}` : "";
}
