/** The messages between a page and the site's service worker. Each has a port, to which the answers go. */

/** The parts of the site: the pages with their kernel, and JupyterLite. */
export type Part = "pages" | "jupyterlite";

/** What the service worker knows of a file of the site. */
export interface SiteFile {
  /** The beginning of the content's SHA-256 digest, in hexadecimal. */
  readonly digest: string;
  readonly bytes: number;
  /** The part that needs the file without a network; undefined if none does. */
  readonly part?: Part;
  /** The language of a reading page, as `zh-Hans`. */
  readonly language?: string;
}

export type ToServiceWorker =
  /** Which edition of the site do you serve? */
  | { kind: "edition" }
  /** Fetch and keep what the pages in a language need without a network, or without a language the whole site. */
  | { kind: "keep"; language?: string }
  /** Serve from now on, although pages of the edition before are open. */
  | { kind: "take over" };

export type FromServiceWorker =
  /** The edition, and how many pages of this browser are open. */
  | { kind: "edition"; edition: string; pages: number }
  /** So many bytes of all are kept. */
  | { kind: "progress"; bytes: number; of: number }
  /** All is kept, or `reason` says why not. */
  | { kind: "kept"; reason?: string };

/** The name of the channel on which the service worker tells how far its fetches of large files are. */
export const FETCHES = "dlfs-fetches";

/** So many bytes of this file, of so many, have come; `path` is that of its address. */
export interface FetchProgress {
  path: string;
  bytes: number;
  of: number;
}
