import { say } from "../words";
import type { FromServiceWorker, ToServiceWorker } from "./messages";

/** What a page does with the site's service worker. */

export interface VisitEvents {
  /** Called once, when the site has a newer edition than this page; `show` loads the page again, in that edition. */
  newer(show: () => void): void;
}

/** How far the keeping is, as a sentence for the reader. */
export interface Progress {
  state: "keeping" | "kept" | "not all kept";
  text: string;
}

let registered: Promise<ServiceWorkerRegistration | undefined> | undefined;

/**
 * Lets the site's service worker serve this page's files from now on. Browsers have service workers only on https and
 * on this machine's own address; elsewhere the site works without.
 */
export function beginVisit(site: URL, edition: string, events: VisitEvents): void {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (!serviceWorker) return;
  registered = serviceWorker
    .register(new URL("service-worker.js", site), { scope: site.pathname })
    .catch(() => undefined); // a private window, or a host that has no such file: the site works without
  void registered.then((registration) => registration && watch(registration, edition, events));
}

/**
 * Keeps what the pages in a language need without a network, or the whole site if `language` is undefined, unless the
 * browser wants to save data.
 */
export async function keepForOffline(language: string | undefined, tell: (progress: Progress) => void): Promise<void> {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData || !(await registered)) return;
  const { active } = await navigator.serviceWorker.ready;
  ask(active!, { kind: "keep", language }, (answer) => {
    if (answer.kind === "progress") tell({ state: "keeping", text: keeping(answer.bytes, answer.of) });
    else if (answer.kind === "kept") tell(ended(language !== undefined, answer.reason));
  });
}

/** Said in JupyterLite only, whose interface is in English. */
const ALL = "All notebooks can be used without a network now.";

function keeping(bytes: number, of: number): string {
  const [kept, all] = [bytes, of].map((count) => (count / 1e6).toFixed(1));
  return say("For use without a network: {kept} of {all} MB are kept.", { kept, all });
}

function ended(arePages: boolean, reason: string | undefined): Progress {
  const text = arePages ? "All pages but JupyterLite can be used without a network now." : ALL;
  if (reason === undefined) return { state: "kept", text: say(text) };
  return { state: "not all kept", text: say("Not all is kept for use without a network: {reason}.", { reason }) };
}

async function watch(registration: ServiceWorkerRegistration, edition: string, events: VisitEvents): Promise<void> {
  let isOffered = false;
  const offer = (): void => {
    if (!isOffered) events.newer(() => show(registration));
    isOffered = true;
  };
  registration.addEventListener("updatefound", () => {
    const { installing, active } = registration;
    if (!installing || !active) return; // the first one of this site has nothing to replace
    installing.addEventListener("statechange", () => {
      if (installing.state === "installed") offer();
    });
  });
  const { waiting } = registration; // found by an earlier visit
  const { active } = await navigator.serviceWorker.ready;
  ask(active!, { kind: "edition" }, (answer) => {
    if (answer.kind !== "edition") return;
    const isAlone = answer.pages === 1; // and in this page nothing has run
    if (waiting && isAlone) show(registration);
    else if (waiting || answer.edition !== edition) offer();
  });
}

/** Loads this page again, in the edition that waits if one does. */
function show({ waiting }: ServiceWorkerRegistration): void {
  if (!waiting) return location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  waiting.postMessage({ kind: "take over" } satisfies ToServiceWorker);
}

function ask(worker: ServiceWorker, message: ToServiceWorker, take: (answer: FromServiceWorker) => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<FromServiceWorker>) => take(data);
  worker.postMessage(message, [port2]);
}
