import { spawn } from "node:child_process";

/**
 * node guard.mjs FILE [ARGUMENT ...]: runs a tool of the set-up. When the set-up has ended, even by SIGKILL, it ends
 * the tool and all processes that the tool has started. It notices that by its standard input, a pipe from the set-up
 * that then ends. The set-up starts the guard as the leader of its own process group.
 */

const GRACE = 2000; // milliseconds between asking the tools to end and ending them

const [file, ...args] = process.argv.slice(2);
const tool = spawn(file, args, { stdio: ["ignore", "inherit", "inherit"], shell: file.endsWith(".cmd") });
tool.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
tool.on("exit", (code) => (stopping ? signalAll("SIGKILL") : process.exit(code ?? 1)));

let stopping = false;
process.stdin.on("close", stop).on("error", stop).resume();

function stop() {
  if (stopping) return;
  stopping = true;
  process.on("SIGTERM", () => {}); // the signal to the group also reaches this process
  signalAll("SIGTERM");
  setTimeout(() => signalAll("SIGKILL"), GRACE);
}

function signalAll(signal) {
  if (process.platform === "win32") return tool.kill();
  process.kill(-process.pid, signal);
}
