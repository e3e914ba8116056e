interface KernelFacts {
  /** The version of tslab, or of what stands for it. */
  implementation: string;
  /** The version of TypeScript. */
  typescript: string;
  /** Where cells run, such as "on Node v20.20.2". */
  place: string;
  helpLinks: readonly { text: string; url: string }[];
}

/** The content of a kernel_info reply. */
export function kernelInfo({ implementation, typescript, place, helpLinks }: KernelFacts): object {
  return {
    status: "ok",
    protocol_version: "5.3",
    implementation: "tslab",
    implementation_version: implementation,
    banner: `TypeScript ${typescript} ${place}`,
    language_info: {
      name: "typescript",
      version: typescript,
      // JupyterLab, Notebook 7 and nbclassic know both names. If the mode were an object, they would treat it as
      // JavaScript.
      mimetype: "application/typescript",
      codemirror_mode: "typescript",
      pygments_lexer: "typescript",
      file_extension: ".ts",
    },
    help_links: [...LANGUAGE_LINKS, ...helpLinks],
  };
}

const LANGUAGE_LINKS = [
  { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
  { text: "JavaScript", url: "https://developer.mozilla.org/docs/Web/JavaScript" },
];
