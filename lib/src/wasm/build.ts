import { host } from "../platform";

/**
 * The id of the build that this process has loaded. If the library is built again while the process runs, the build on
 * disk is another one.
 */
export const loadedBuild = host.assets.buildId();

/**
 * A worker thread loads the build that is on disk; if that is another build, the worker could not do this process's
 * jobs.
 *
 * @throws Error when the build on disk is not `loaded`
 */
export function checkBuild(loaded: string): void {
  if (host.assets.buildId() === loaded) return;
  throw new Error("dlfs was built anew while this process runs: restart it (in JupyterLab: Kernel, Restart Kernel)");
}
