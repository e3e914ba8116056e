import { beginVisit, keepForOffline } from "../offline/visit";
import { button } from "./elements";

/** What each page of the site does: it lets the service worker serve it, and says when a newer edition is there. */

const SITE = new URL("../", import.meta.url);

beginVisit(SITE, document.documentElement.dataset.edition!, {
  newer(show) {
    const note = document.createElement("p");
    note.id = "newer";
    note.className = "note";
    note.setAttribute("role", "status");
    note.append("This site has a newer edition. Your changes stay. ", button("Show it", show));
    (document.querySelector("body > header") ?? document.body).prepend(note);
  },
});

/** Keeps all reading pages and the kernel in this browser, and says so at the end of the page. */
export function keepPages(): void {
  const status = document.querySelector("#offline")!;
  void keepForOffline("pages", ({ text }) => (status.textContent = `${text}.`));
}
