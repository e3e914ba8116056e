import { FETCHES, type FetchProgress, type FromServiceWorker, type SiteFile, type ToServiceWorker } from "./messages";
import { sha256 } from "../sha256";

/**
 * The service worker of the whole site. It serves one edition, whose files it knows by their digests: what it has kept
 * comes from its cache, anything else from the network, and a file of another edition is refused. So a page never gets
 * files of two editions. It also adds the headers that let pages share memory with threads, which plain hosts do not
 * send.
 */

declare const EDITION: string;
/** The site's files by their paths from its root. */
declare const FILES: Readonly<Record<string, SiteFile>>;
/** The versions by which pages ask for the files of a folder, as in `kernel/worker.js?v=1f2e`. */
declare const VERSIONS: Readonly<Record<string, string>>;

/** What a service worker's global object offers; TypeScript takes it for a window's. */
interface ServiceWorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { matchAll(): Promise<readonly unknown[]>; claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "activate", listener: (event: LastingEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(type: "message", listener: (event: LastingEvent & MessageEvent<ToServiceWorker>) => void): void;
}
interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
const scope = globalThis as unknown as ServiceWorkerScope;

const HERE = scope.registration.scope; // ends with a slash
const PREFIX = `dlfs ${HERE} `; // other sites of this host have caches of their own
const CACHE = PREFIX + EDITION;
/** Pages are told how far the fetches of larger files are. */
const LARGE = 1_000_000; // bytes
const fetches = new BroadcastChannel(FETCHES);
/** With these headers a browser lets a page share memory with threads; the page can load files of this site only. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));

scope.addEventListener("message", (event) => {
  const answer = (message: FromServiceWorker) => event.ports[0]?.postMessage(message);
  if (event.data.kind === "take over") event.waitUntil(scope.skipWaiting());
  else if (event.data.kind === "edition") event.waitUntil(tellEdition(answer));
  else event.waitUntil(keepAll(event.data.language, answer));
});

scope.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(HERE)) event.respondWith(respond(event.request));
});

async function tellEdition(answer: (message: FromServiceWorker) => void): Promise<void> {
  const { length: pages } = await scope.clients.matchAll();
  answer({ kind: "edition", edition: EDITION, pages });
}

/** Pages of the edition before may be open: its cache stays until the next one. */
async function takeOver(): Promise<void> {
  const earlier = await earlierCaches();
  await Promise.all(earlier.slice(0, -1).map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function respond(request: Request): Promise<Response> {
  const isPage = request.mode === "navigate";
  const { path, version } = addressOf(request.url);
  if (Object.hasOwn(FILES, `${path}/index.html`)) return toFolder(request.url);
  if (!Object.hasOwn(FILES, path)) return fromElsewhere(request, path);
  if (version !== undefined && version !== VERSIONS[path.split("/")[0]]) return fromElsewhere(request, path, version);
  const found = (await kept(path)) ?? (await obtained(path));
  if (found) return found;
  // the host has a file of another edition: of a newer one, as a rule
  await scope.registration.update().catch(() => {});
  const newer = scope.registration.installing ?? scope.registration.waiting;
  if (isPage) return newer ? withNewerEdition(newer) : fetch(request);
  return refusal(path, EDITION);
}

/** The address of a folder gets a slash at its end, as hosts do it; JupyterLite opens a notebook at such an address. */
function toFolder(address: string): Response {
  const url = new URL(address);
  url.pathname += "/";
  return Response.redirect(url.href);
}

/** Lets the newer edition's service worker take over, and the page be asked for again when it has. */
function withNewerEdition(worker: ServiceWorker): Response {
  worker.postMessage({ kind: "take over" } satisfies ToServiceWorker);
  return new Response("", { headers: { Refresh: "1", "Content-Type": "text/html" } });
}

/** The file's path from the site's root, and the version that the page wants. */
function addressOf(url: string): { path: string; version: string | undefined } {
  const { origin, pathname, searchParams } = new URL(url);
  const path = decodeURI((origin + pathname).slice(HERE.length));
  const folder = path.split("/")[0];
  return {
    path: path === "" || path.endsWith("/") ? `${path}index.html` : path,
    version: folder in VERSIONS ? (searchParams.get("v") ?? undefined) : undefined,
  };
}

/** A file that is not of this edition: a page of the one before may ask for it, or it is none of the site's files. */
async function fromElsewhere(request: Request, path: string, version?: string): Promise<Response> {
  for (const name of await earlierCaches()) {
    const found = await (await caches.open(name)).match(keyOf(path, version));
    if (found) return found;
  }
  return version === undefined ? fetch(request) : refusal(path, version);
}

const refusal = (path: string, edition: string): Response =>
  new Response(`${path}: the site has no such file of edition ${edition} any more: reload the page`, {
    status: 410,
    statusText: "of another edition",
    headers: ISOLATION,
  });

const keyOf = (path: string, version = VERSIONS[path.split("/")[0]]): string =>
  HERE + path + (version === undefined ? "" : `?v=${version}`);

async function kept(path: string): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(keyOf(path));
}

/** The names of the caches of this site's earlier editions, the oldest first. */
async function earlierCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
}

/**
 * A file that is not kept yet, and is from now on; undefined if the host has it of another edition only. Whoever asks
 * for a file that is on its way waits for the same fetch.
 */
async function obtained(path: string): Promise<Response | undefined> {
  let answer = coming.get(path);
  if (!answer) {
    answer = reused(path).then((found) => found ?? fetched(path));
    coming.set(path, answer);
    void answer.finally(() => coming.delete(path)).catch(() => {}); // whoever asked hears of it
  }
  return (await answer)?.clone();
}

const coming = new Map<string, Promise<Response | undefined>>();

/** The file from an earlier edition's cache, if it is still the same. */
async function reused(path: string): Promise<Response | undefined> {
  for (const name of await earlierCaches()) {
    const found = await (await caches.open(name)).match(HERE + path, { ignoreSearch: true });
    if (found && (await digestOf(await found.clone().arrayBuffer())) === FILES[path].digest) {
      await keepAs(path, found);
      return found;
    }
  }
  return undefined;
}

/**
 * Fetches a file and keeps it; undefined if its content is that of another edition. Errors of the host are not kept.
 */
async function fetched(path: string): Promise<Response | undefined> {
  for (const cache of ["default", "reload"] as const) {
    const response = await fetch(keyOf(path), { cache });
    if (!response.ok) return response;
    const content = await contentOf(response, path);
    if ((await digestOf(content)) !== FILES[path].digest) continue; // the browser's own cache may be older
    const headers = { "Content-Type": response.headers.get("Content-Type") ?? "", ...ISOLATION };
    const answer = new Response(content, { headers });
    await keepAs(path, answer);
    return answer;
  }
  return undefined;
}

/** The content of an answer; pages are told how far the fetch of a large file is. */
async function contentOf(response: Response, path: string): Promise<ArrayBuffer> {
  const { bytes: of } = FILES[path];
  if (of < LARGE) return response.arrayBuffer();
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body!.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    bytes += part.value.length;
    fetches.postMessage({ path: new URL(HERE + path).pathname, bytes, of } satisfies FetchProgress);
  }
  return new Blob(parts).arrayBuffer();
}

/** A browser that has no room, or that keeps nothing, still gets its answer. */
async function keepAs(path: string, response: Response): Promise<void> {
  const copy = response.clone();
  await caches
    .open(CACHE)
    .then((opened) => opened.put(keyOf(path), copy))
    .catch(() => {});
}

const digestOf = async (content: ArrayBuffer): Promise<string> => (await sha256(content)).slice(0, 16);

/**
 * Keeps every file that the pages in a language need, or the whole site. It does so one after the other, so that the
 * reader's own requests are not held up.
 */
async function keepAll(language: string | undefined, tell: (message: FromServiceWorker) => void): Promise<void> {
  const isWanted = (file: SiteFile): boolean =>
    file.part === "pages" && (file.language === undefined || file.language === language);
  const wanted = Object.entries(FILES).filter(([, file]) =>
    language === undefined ? file.part !== undefined : isWanted(file),
  );
  const of = wanted.reduce((sum, [, file]) => sum + file.bytes, 0);
  let bytes = 0;
  try {
    for (const [path, file] of wanted) {
      if (!(await kept(path))) await keep(path);
      bytes += file.bytes;
      tell({ kind: "progress", bytes, of });
    }
    tell({ kind: "kept" });
  } catch (error) {
    tell({ kind: "kept", reason: (error as Error).message });
  }
}

async function keep(path: string): Promise<void> {
  const response = await obtained(path);
  if (!response?.ok) throw new Error(`${path}: ${response ? response.status : "the site has a newer edition"}`);
  if (!(await kept(path))) throw new Error("this browser has no room for it");
}
