import type { FromServiceWorker, Part, ToServiceWorker } from "./messages";

/** What a page does with the site's service worker. */

export interface VisitEvents {
  /** The site has a newer edition than this page; `show` loads the page again, in that edition. */
  newer(show: () => void): void;
}

/** Bytes that are kept, of all that will be; `done` also when no more will come, and then perhaps with a reason. */
export interface Progress {
  bytes: number;
  of: number;
  done: boolean;
  reason?: string;
}

let registered: Promise<ServiceWorkerRegistration> | undefined;

/**
 * Lets the site's service worker serve this page's files from now on. Browsers have service workers only on https and
 * on this machine's own address; elsewhere the site works without.
 */
export function beginVisit(site: URL, edition: string, events: VisitEvents): void {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (!serviceWorker) return;
  registered = serviceWorker.register(new URL("service-worker.js", site), { scope: site.pathname });
  registered.then(
    (registration) => void watch(registration, edition, events),
    () => {}, // a private window, or a host that has no such file: the site works without
  );
}

/** Keeps what this part of the site needs without a network, unless the browser wants to save data. */
export async function keepForOffline(part: Part, tell: (progress: Progress) => void): Promise<void> {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (!registered || connection?.saveData) return;
  const { serviceWorker } = navigator;
  await registered;
  const { active } = await serviceWorker.ready;
  let last = { bytes: 0, of: 0 };
  ask(active!, { kind: "keep", part }, (answer) => {
    if (answer.kind === "progress") last = answer;
    const { bytes, of } = last;
    if (answer.kind === "kept") tell({ bytes, of, done: true, reason: answer.reason });
    else tell({ bytes, of, done: false });
  });
}

async function watch(registration: ServiceWorkerRegistration, edition: string, events: VisitEvents): Promise<void> {
  const offer = (worker: ServiceWorker) => events.newer(() => show(worker));
  registration.addEventListener("updatefound", () => {
    const { installing, active } = registration;
    if (!installing || !active) return; // the first one of this site has nothing to replace
    installing.addEventListener("statechange", () => {
      if (installing.state === "installed") offer(installing);
    });
  });
  const { waiting } = registration; // found by an earlier visit
  const { active } = await navigator.serviceWorker.ready;
  ask(active!, { kind: "edition" }, (answer) => {
    if (answer.kind !== "edition") return;
    const isAlone = answer.pages === 1; // and in this page nothing has run
    if (waiting && isAlone) show(waiting);
    else if (waiting) offer(waiting);
    else if (answer.edition !== edition) offer(active!);
  });
}

function show(worker: ServiceWorker): void {
  if (worker.state === "activated") return location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  worker.postMessage({ kind: "take over" } satisfies ToServiceWorker);
}

function ask(worker: ServiceWorker, message: ToServiceWorker, take: (answer: FromServiceWorker) => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<FromServiceWorker>) => take(data);
  worker.postMessage(message, [port2]);
}
