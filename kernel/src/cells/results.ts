import { callUser, inspectValue, toJson } from "./userland";

/** The last expression of a cell as a MIME bundle. */

export type MimeBundle = Record<string, unknown>;

const DISPLAY = Symbol.for("Jupyter.display");
const METADATA = Symbol.for("Jupyter.metadata");

/**
 * The value's own bundle, from its `Symbol.for("Jupyter.display")` method, else its text as Node's REPL writes it.
 * Rejects with what the value's own code throws, and with a TypeError when the bundle is nothing that JSON knows.
 */
export async function toBundle(value: unknown): Promise<MimeBundle> {
  const display = callUser(() => displayMethod(value));
  const bundle: unknown = display && (await callUser(() => display.call(value)));
  return isBundle(bundle) ? plainBundle(bundle) : { "text/plain": inspectValue(value) };
}

// Reads the bundle once, while errors in its getters and methods still count as the cell's own. The result has no
// `then` method, which a promise would call.
function plainBundle(bundle: MimeBundle): MimeBundle {
  const metadata = metadataOf(bundle);
  const forms = Object.entries(bundle).filter(([type]) => type.includes("/"));
  return Object.assign(JSON.parse(toJson(Object.fromEntries(forms))), { [METADATA]: JSON.parse(toJson(metadata)) });
}

/** The metadata of a bundle, such as the size of a picture, which the bundle has under a symbol. */
export function metadataOf(bundle: MimeBundle): Record<string, unknown> {
  const metadata: unknown = (bundle as Record<symbol, unknown>)[METADATA];
  return typeof metadata === "object" && metadata !== null ? (metadata as Record<string, unknown>) : {};
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  const method: unknown = (value as Record<symbol, unknown>)[DISPLAY];
  return typeof method === "function" ? (method as () => unknown) : undefined;
}

function isBundle(value: unknown): value is MimeBundle {
  return typeof value === "object" && value !== null && Object.keys(value).some((key) => key.includes("/"));
}
