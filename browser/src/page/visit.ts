import { beginVisit, keepForOffline } from "../offline/visit";
import { button } from "./elements";

/** What each page of the site does: it lets the service worker serve it, and says when a newer edition is there. */

const SITE = new URL("../", import.meta.url);

beginVisit(SITE, document.documentElement.dataset.edition!, {
  newer(show) {
    if (document.querySelector("#newer")) return;
    const note = document.createElement("p");
    note.id = "newer";
    note.className = "note";
    note.setAttribute("role", "status");
    note.append("This site has a newer edition. Your changes stay. ", button("Show it", show));
    (document.querySelector("body > header") ?? document.body).prepend(note);
  },
});

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Keeps all reading pages and the kernel in this browser, and says so at the end of the page. */
export function keepPages(): void {
  const status = document.querySelector("#offline")!;
  void keepForOffline("pages", ({ bytes, of, done, reason }) => {
    if (!done) status.textContent = `For use without a network: ${megabytes(bytes)} of ${megabytes(of)} MB are kept.`;
    else if (reason === undefined) status.textContent = "All notebooks can be used without a network now.";
    else status.textContent = `Not all is kept for use without a network: ${reason}.`;
  });
}
