import { escaped } from "./escaped";
import { ENGLISH, type SiteLanguage } from "./languages";

/** Stands for the edition of the site, which is the digest of its files and so is known last. */
export const EDITION_LATER = "edition-of-this-site";

interface PageParts {
  language?: SiteLanguage;
  /** As text, not as HTML. */
  title: string;
  /** More elements of the head. */
  head: string;
  /** The page's script in the folder page/. */
  script?: "page.js" | "visit.js";
  /** The attributes of the body's tag, if it has some. */
  attributes?: string;
  body: string;
}

/** A page of the site. */
export function htmlPage(parts: PageParts): string {
  const { language = ENGLISH, title, head, script = "visit.js", attributes = "", body } = parts;
  return `<!doctype html>
<html lang="${language.tag}" data-edition="${EDITION_LATER}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="${language.up}page/logo.svg">
${head}
${language.words}
<script type="module" src="${language.up}page/${script}?v=${EDITION_LATER}"></script>
</head>
<body${attributes && ` ${attributes}`}>
${body}
</body>
</html>
`;
}

/** The head of a page in the style of the reading pages. */
export const pageStyle = ({ up }: SiteLanguage = ENGLISH): string =>
  `<link rel="stylesheet" href="${up}page/page.css?v=${EDITION_LATER}">`;
