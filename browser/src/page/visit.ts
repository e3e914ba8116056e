import { beginVisit, keepForOffline } from "../offline/visit";
import { say } from "../words";
import { button } from "./elements";
import { followLanguage } from "./language";

/** What each page of the site does: it lets the service worker serve it, and says when a newer edition is there. */

const SITE = new URL("../", import.meta.url);

beginVisit(SITE, document.documentElement.dataset.edition!, {
  newer(show) {
    const note = document.createElement("p");
    note.id = "newer";
    note.className = "note";
    note.setAttribute("role", "status");
    note.append(say("This site has a newer edition. Your changes stay."), " ", button(say("Show it"), show));
    (document.querySelector("body > header") ?? document.body).prepend(note);
  },
});

followLanguage(SITE);

/** Keeps all reading pages of this language and the kernel in this browser, and says so at the end of the page. */
export function keepPages(): void {
  const status = document.querySelector("#offline")!;
  void keepForOffline(document.documentElement.lang, ({ text }) => (status.textContent = text));
}
