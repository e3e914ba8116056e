/**
 * Fast top-level variables. tslab keeps them on a Proxy, which makes every access some hundred times slower; here they
 * live on a plain object. It relies on tslab passing `__tslab__.exports` to each cell, on the executor looking at its
 * own Proxy only for the last expression (which this kernel takes itself), and on the exact lines that TypeScript
 * writes for exported names and imports.
 */

export type Variables = Record<string, unknown>;

/** Puts a plain object in the place of tslab's Proxy and returns it. Call it after the executor is created. */
export function installVariables(): Variables {
  const variables: Variables = {};
  const shared = globalThis as unknown as { __tslab__: { exports: Variables } };
  shared.__tslab__.exports = variables;
  return variables;
}

// `Object.defineProperty(exports, "x", { enumerable: true, get: function () { return m_1.x; } });`
const REEXPORT = /^Object\.defineProperty\(exports, "([^"]+)", \{ enumerable: true, get: function \(\) \{ return (.*); \} \}\);$/gm;
// `exports.b = exports.a = void 0;`
const CLEARED = /^(?:exports\.[^\s=]+ = )+void 0;$/m;

/** The names that a compiled cell gives a value, and not only a type. */
export function valueNames(output: string): string[] {
  const [cleared = ""] = CLEARED.exec(output) ?? [];
  return [...cleared.matchAll(/exports\.([^\s=]+) = /g)].map(([, name]) => name);
}

/**
 * Makes imports plain assignments, since a getter on a plain object could not be declared again by a later cell, and
 * drops the clearing at the top, since V8 would keep a number that has once been undefined in a box of its own.
 */
export function assignPlainly(output: string): string {
  return output.replace(REEXPORT, (_, name: string, value: string) => `exports.${name} = ${value};`).replace(CLEARED, "");
}

/** The values that `names` have now, of those that have one. */
export function valuesOf(variables: Variables, names: string[]): Map<string, unknown> {
  const set = names.filter((name) => variables[name] !== undefined);
  return new Map(set.map((name) => [name, variables[name]]));
}
