import { host } from "../platform";

/**
 * The build that this process has loaded. The one on disk changes under a running process when the library is built
 * anew.
 */
export const loadedBuild = host.assets.buildId();

/**
 * A worker thread of another build would not understand this one's jobs.
 *
 * @throws Error when the build on disk is no more `loaded`
 */
export function checkBuild(loaded: string): void {
  if (host.assets.buildId() === loaded) return;
  throw new Error("dlfs was built anew while this process runs: restart it (in JupyterLab: Kernel, Restart Kernel)");
}
