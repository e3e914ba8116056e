/** The messages between a page and the site's service worker. Each has a port, to which the answers go. */

/** What a page may ask to be kept: the reading pages with their kernel, or JupyterLite as well. */
export type Part = "pages" | "jupyterlite";

export type ToServiceWorker =
  /** Which edition of the site do you serve? */
  | { kind: "edition" }
  /** Fetch and keep what this part needs without a network. */
  | { kind: "keep"; part: Part }
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
