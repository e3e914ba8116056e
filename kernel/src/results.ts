import { inspect } from "node:util";

/** The last expression of a cell as a MIME bundle. It relies on nothing of tslab. */

export type MimeBundle = Record<string, unknown>;

const DISPLAY = Symbol.for("Jupyter.display");
const METADATA = Symbol.for("Jupyter.metadata");

/** The value's own bundle, from its `Symbol.for("Jupyter.display")` method, else its text as Node's REPL writes it. */
export async function toBundle(value: unknown): Promise<MimeBundle> {
  const display = displayMethod(value);
  if (display) {
    const bundle: unknown = await display.call(value);
    if (isBundle(bundle)) return bundle;
  }
  return { "text/plain": inspect(value) };
}

/** What a front end wants to know beside the forms, such as the size of a picture: the bundle carries it under a symbol. */
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
