import { keep, kept } from "./kept";

/** The reader's choice of a language, kept in this browser: the site's first page leads to it. */

const KEPT_AT = "dlfs-language";

/** Remembers a click on a link to another language; goes from the English first page to that of the chosen language. */
export function followLanguage(site: URL): void {
  addEventListener("click", ({ target }) => {
    const link = (target as Element).closest<HTMLElement>("a[data-language]");
    if (link) keep(KEPT_AT, link.dataset.language);
  });
  const chosen = kept(KEPT_AT);
  if ("start" in document.body.dataset && chosen !== undefined && chosen !== "en")
    location.replace(new URL(`${chosen}/index.html`, site));
}
