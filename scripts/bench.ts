import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cpus, release, totalmem, type as system } from "node:os";
import { join, resolve } from "node:path";
import { numberOption, readArguments, refuse } from "./arguments";
import { CLONE, readOnly, root, venvPython } from "../tools/root";

const TOPICS = readdirSync(join(root, "bench"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3))
  .filter((name) => name !== "contender" && name !== "table")
  .sort();

const help = `
npm run bench [-- TOPIC ...]

Measures dlfs beside NumPy and its peers and prints a table a topic, in Markdown. All of it takes about half an hour.
The peers are installed into bench/ when first needed. Full MNIST is wanted for most topics (npm run data).

  topics      cell, data, dgemm, kernel, naive, numericalGradient, ops, scaling, sizes, training
  --rounds N  how often each contender gets its turn (the default depends on the topic; odd, because the median counts)
  --node PATH another Node's program, which kernel, naive, ops and sizes measure as well; may be given several times
  --help      this text
`;

/** A file of bench/. */
interface Topic {
  /** Whether `run` measures the programs of other Nodes too; it takes no notice of them if not. */
  readonly measuresNodes?: boolean;
  run(rounds?: number, nodes?: readonly string[]): Promise<void>;
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, {
    rounds: { type: "string" },
    node: { type: "string", multiple: true },
  });
  const odd = (value: number): boolean => value > 0 && value % 2 === 1;
  const rounds = numberOption("rounds", values.rounds, "an odd number above 0", odd);
  const idle = positionals.find((topic) => !TOPICS.includes(topic));
  if (idle !== undefined) refuse(`'${idle}'`, `one of ${TOPICS.join(", ")}`);
  const nodes = (values.node ?? []).map((program) => resolve(program));
  const missing = nodes.find((program) => !existsSync(program));
  if (missing !== undefined) refuse(`--node '${missing}'`, "the program node of another Node, which is not there");
  const topics = await Promise.all(
    (positionals.length > 0 ? positionals : TOPICS).map((name) => import(join(root, "bench", name)) as Promise<Topic>),
  );
  if (nodes.length > 0 && !topics.some(({ measuresNodes }) => measuresNodes)) {
    refuse(`--node with ${positionals.join(", ")}`, "a topic that measures other Nodes: kernel, naive, ops or sizes");
  }
  installPeers();
  console.log(header());
  for (const { run } of topics) await run(rounds, nodes);
}

function installPeers(): void {
  if (existsSync(join(root, "bench/node_modules/.package-lock.json"))) return;
  if (readOnly) refuse("bench/ can only be read here", CLONE);
  console.error("installing the peers into bench/node_modules ...");
  // numpy-ts asks for Node 22, and works on 20
  execFileSync("npm", ["ci", "--no-fund", "--no-audit"], {
    cwd: join(root, "bench"),
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function header(): string {
  const { dependencies } = JSON.parse(
    execFileSync("npm", ["ls", "--json", "--depth=0"], {
      cwd: join(root, "bench"),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  ) as { dependencies: Record<string, { version: string }> };
  const peers = Object.entries(dependencies)
    .map(([name, { version }]) => `${name} ${version}`)
    .join(", ");
  const numpy = execFileSync(
    venvPython,
    ["-c", "import numpy, platform; print('NumPy', numpy.__version__, 'on Python', platform.python_version())"],
    { encoding: "utf8" },
  );
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return (
    `${cpus()[0].model.trim()}, ${cpus().length} cores, ${memory} GiB, ${system()} ${release()}; ` +
    `Node ${process.versions.node}; ${numpy.trim()}; ${peers}.`
  );
}

void main();
