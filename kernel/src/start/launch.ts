import { spawn, type ChildProcess } from "node:child_process";
import type { Duplex } from "node:stream";
import { LINK, log, NODE_FLAGS, onParentDeath, PRESS, type News } from "../process";

/**
 * The launcher: starts the kernel as a second process. This has two reasons. Node takes a startup snapshot only on its
 * command line, and a kernelspec cannot fall back if the snapshot does not fit. And the launcher can receive a signal
 * while a cell blocks the kernel's main thread.
 */

export interface Launch {
  /** The startup snapshot. */
  blob?: string;
  /** Called with the reason if the kernel ended right after its start, which may be caused by the snapshot. */
  failed?(reason: string): void;
}

const LAUNCHED = "--launched";
/** If a kernel ends within these milliseconds and has run no cell, the snapshot is assumed to be the cause. */
const TRIAL = 1000;

/** Whether a launcher has started this process. */
export function isLaunched(): boolean {
  return process.argv.includes(LAUNCHED);
}

/** Starts the kernel. This process ends when the kernel ends, unless `failed` starts another kernel. */
export function launch({ blob, failed }: Launch): void {
  const [script, ...rest] = process.argv.slice(1);
  const flags = blob === undefined ? NODE_FLAGS : [...NODE_FLAGS, "--snapshot-blob", blob];
  const child = spawn(process.execPath, [...flags, script, LAUNCHED, ...rest], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const link = new Link(child.stdio[LINK] as Duplex);
  const signals = passSignals(child, link);
  let fault: string | undefined;
  child.once("error", ({ message }) => (fault = message));
  // Not at `exit`, because the kernel's last lines must still be read.
  child.once("close", (code, signal) => {
    signals.stop();
    // A terminal sends its interrupt to both processes. Before the kernel listens, the interrupt ends it; then it is
    // started again.
    if (signal === "SIGINT" && !link.heard("started")) return launch({ blob, failed });
    if (link.exitCode !== undefined) process.exit(link.exitCode);
    if (signals.stopping || link.isPastTrial()) process.exit(code ?? 1);
    const reason = fault ?? `the kernel ended at once with ${signal ?? code}`;
    if (failed) return failed(reason);
    log(reason);
    process.exit(code || 1);
  });
}

/** The lines that the kernel has sent. */
class Link {
  private told = "";
  private startedAt = Infinity;

  constructor(readonly stream: Duplex) {
    stream.on("data", (text) => {
      this.told += text;
      if (this.startedAt === Infinity && this.heard("started")) this.startedAt = performance.now();
    });
    stream.on("error", () => {}); // the kernel has ended, and its `close` event follows
  }

  heard(news: News): boolean {
    return this.told.split("\n").includes(news);
  }

  /** The code with which the kernel has ended itself. */
  get exitCode(): number | undefined {
    const [, code] = /^ended (\d+)$/m.exec(this.told) ?? [];
    return code === undefined ? undefined : Number(code);
  }

  isPastTrial(): boolean {
    return this.heard("cell") || performance.now() - this.startedAt > TRIAL;
  }
}

/**
 * Passes signals on to the kernel, and ends it when Jupyter has ended. An interrupt goes through the pipe, which the
 * control thread always reads.
 */
function passSignals(child: ChildProcess, link: Link): { readonly stopping: boolean; stop(): void } {
  let stopping = false;
  // The kernel may have ended just before, as VS Code ends both processes. Then too, it must not be started again.
  const kill = (signal: NodeJS.Signals) => {
    stopping = true;
    child.kill(signal);
  };
  const interrupt = () => void (link.heard("started") && link.stream.write(PRESS));
  const stopWatching = onParentDeath(() => kill("SIGKILL"));
  process.on("SIGINT", interrupt).on("SIGTERM", kill).on("SIGHUP", kill);
  return {
    get stopping() {
      return stopping;
    },
    stop() {
      process.off("SIGINT", interrupt).off("SIGTERM", kill).off("SIGHUP", kill);
      stopWatching();
    },
  };
}
