/** One picture or value in several forms by MIME type; the front end shows the richest one that it knows. */
export interface MimeBundle {
  [mimeType: string]: unknown;
}

/** More data about the forms of a bundle, by MIME type, such as the size and the alternative text of a picture. */
export interface DisplayMetadata {
  [mimeType: string]: Readonly<Record<string, unknown>>;
}

/** The key of the method that returns an object's MIME bundle; Deno's notebooks use the same key. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/**
 * The key of a bundle's metadata. It is a symbol, so that a kernel that does not know it sends the bundle without them.
 */
export const displayMetadata: unique symbol = Symbol.for("Jupyter.metadata");

/** The metadata of a bundle; empty when it has none. */
export function metadataOf(bundle: MimeBundle): DisplayMetadata {
  return (bundle as { [displayMetadata]?: DisplayMetadata })[displayMetadata] ?? {};
}
