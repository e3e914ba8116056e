import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contenders } from "./kernels/contenders";
import { compareLoops } from "./kernels/loops";
import { compareSessions } from "./kernels/session";
import { compareStarts } from "./kernels/start";

export const measuresNodes = true;

/**
 * The project's kernel beside stock tslab, ipykernel and, where its npm package is, Deno. `others` are programs of more
 * Nodes.
 */
export async function run(rounds = 5, others: readonly string[] = []): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-kernel-"));
  try {
    const all = contenders([process.execPath, ...others], folder);
    const own = all.filter(({ name }) => name.startsWith("this kernel"));
    await compareStarts(all, rounds, folder);
    await compareSessions(
      [...own, ...all.filter(({ language }) => language === "Python")],
      Math.min(rounds, 3),
      folder,
    );
    await compareLoops(own, Math.min(rounds, 3), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
