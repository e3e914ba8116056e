/** One picture or value in several forms by MIME type; the front end shows the richest one that it knows. */
export interface MimeBundle {
  [mimeType: string]: unknown;
}

/** What the forms of a bundle need beside them, by MIME type, as the size and the alternative text of a picture. */
export interface DisplayMetadata {
  [mimeType: string]: Readonly<Record<string, unknown>>;
}

/** The method by which an object gives the MIME bundle that stands for it, as Deno's notebooks have it. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** A bundle's metadata, keyed by a symbol so that a kernel that does not know it sends the bundle alone. */
export const displayMetadata: unique symbol = Symbol.for("Jupyter.metadata");

/** The metadata of a bundle; empty when it has none. */
export function metadataOf(bundle: MimeBundle): DisplayMetadata {
  return (bundle as { [displayMetadata]?: DisplayMetadata })[displayMetadata] ?? {};
}
