/**
 * Forgets modules whose loading was cut off by an interrupt. Node does not notice that the loading has failed, and
 * would return the incomplete module to every later import.
 */

const ofKernel = new Set<string>();

/** Remembers the modules that are loaded now as the kernel's own. */
export function rememberKernelModules(): void {
  for (const file of Object.keys(require.cache)) ofKernel.add(file);
}

/** Forgets the incomplete modules and all modules that import them, so that the next import loads them again. */
export function dropHalfLoaded(): void {
  const modules = Object.entries(require.cache).filter(([file, module]) => module && !ofKernel.has(file)) as [
    string,
    NodeModule,
  ][];
  const half = new Set(modules.map(([, module]) => module).filter(({ loaded }) => !loaded));
  for (let before = -1; before !== half.size;) {
    before = half.size;
    for (const [, module] of modules) if (module.children.some((child) => half.has(child))) half.add(module);
  }
  for (const [file, module] of modules) if (half.has(module)) delete require.cache[file];
}
