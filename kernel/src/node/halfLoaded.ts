/**
 * Modules whose loading an interrupt has ended half-way. Node would give the half of it to every later import, since it
 * never learns that the loading has failed. It relies on nothing of tslab.
 */

const ofKernel = new Set<string>();

/** What is loaded by now is the kernel's. */
export function rememberKernelModules(): void {
  for (const file of Object.keys(require.cache)) ofKernel.add(file);
}

/**
 * Forgets the modules that are not whole, and those that have taken something from them: the next import loads them
 * anew.
 */
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
