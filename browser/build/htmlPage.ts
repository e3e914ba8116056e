interface PageParts {
  title: string;
  /** More elements of the head. */
  head: string;
  /** The attributes of the body's tag, if it has some. */
  attributes?: string;
  body: string;
}

/** A page of the site. */
export function htmlPage({ title, head, attributes = "", body }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="page/logo.svg">
${head}
</head>
<body${attributes && ` ${attributes}`}>
${body}
</body>
</html>
`;
}

/** The head of a page in the style of the reading pages. */
export const PAGE_STYLE = '<link rel="stylesheet" href="page/page.css">';

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
