import { spawn, type ChildProcess } from "node:child_process";
import type { Duplex } from "node:stream";
import { LINK, log, NODE_FLAGS, onParentDeath, PRESS, type News } from "../process";

/**
 * Starts the kernel as a process of its own. Node takes a startup snapshot only on its command line, and Jupyter's
 * kernelspec could not fall back when it does not fit; and a signal reaches this process while a cell holds the
 * kernel's main thread. It relies on nothing of tslab.
 */

export interface Launch {
  /** The startup snapshot. */
  blob?: string;
  /** Called with the reason when the kernel has died at once, for which the snapshot may be to blame. */
  failed?(reason: string): void;
}

const LAUNCHED = "--launched";
/** Milliseconds after its start in which the death of a kernel that has run no cell is put down to its snapshot. */
const TRIAL = 1000;

/** Whether a launcher has started this process. */
export function isLaunched(): boolean {
  return process.argv.includes(LAUNCHED);
}

/** Starts the kernel; this process ends with it, unless `failed` starts another. */
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
  // Not at its exit: what it has said last is to be read.
  child.once("close", (code, signal) => {
    signals.stop();
    // A terminal sends its interrupt to both processes: before the kernel listens it ends it, and means nothing.
    if (signal === "SIGINT" && !link.heard("started")) return launch({ blob, failed });
    if (link.exitCode !== undefined) process.exit(link.exitCode);
    if (signals.stopping || link.isPastTrial()) process.exit(code ?? 1);
    const reason = fault ?? `the kernel ended at once with ${signal ?? code}`;
    if (failed) return failed(reason);
    log(reason);
    process.exit(code || 1);
  });
}

/** What the kernel tells, a line each. */
class Link {
  private told = "";
  private startedAt = Infinity;

  constructor(readonly stream: Duplex) {
    stream.on("data", (text) => {
      this.told += text;
      if (this.startedAt === Infinity && this.heard("started")) this.startedAt = performance.now();
    });
    stream.on("error", () => {}); // the kernel has ended: its `close` comes
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

/** Passes on what ends the kernel, also the end of Jupyter; an interrupt goes by the link, which is always read. */
function passSignals(child: ChildProcess, link: Link): { readonly stopping: boolean; stop(): void } {
  let stopping = false;
  const kill = (signal: NodeJS.Signals) => (stopping = child.kill(signal));
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
