/*
 * Run by fuzz.test.ts in a process of its own. Mutates good files of each format and reads them: what is read must be
 * what Python reads of the same bytes, and everything else must be a FileFormatError. DLFS_FUZZ_SEED repeats a run.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import { FileFormatError } from "../../lib/src/data/errors";
import { parseIdx } from "../../lib/src/data/idx";
import { inflatedLimit, readContent } from "../../lib/src/data/locate";
import { loadWeights } from "../../lib/src/data/weights";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { wrap } from "../../lib/src/np/ndarray";
import { RandomState } from "../../lib/src/random";
import { openNumpy, type NumpyValue } from "../numpy";
import { seed } from "../seed";

const CASES = 2600;
const random = new RandomState(seed);
const below = (bound: number): number => Math.floor(random.rand() * bound);

/** Python writes the files to start from, and reads mutated ones: plain, or None for what it refuses too. */
const PYTHON = `
import os, gzip, hashlib, io, pickle, struct, numpy as np
os.chdir(folder)
rng = np.random.default_rng(1)
d = {"W1": rng.normal(size=(20, 5)).astype(np.float32), "b1": rng.normal(size=5), "t": np.arange(6), "F": np.asfortranarray(rng.normal(size=(3, 4)))}
idx = b"\\0\\0\\x08\\x03" + struct.pack(">3I", 6, 5, 4) + bytes(range(120))
open("0.idx", "wb").write(idx)
open("1.idx", "wb").write(b"\\0\\0\\x08\\x01" + struct.pack(">I", 9) + bytes(range(9)))
open("2.idx.gz", "wb").write(gzip.compress(idx))
class Command:
    def __reduce__(self): return os.system, ("echo pwned > pwned",)
for i, p in enumerate([2, 3, 4, 5]): open(f"{i}.pickle", "wb").write(pickle.dumps(d, protocol=p))
open("4.pickle", "wb").write(pickle.dumps({"b1": np.ones(3), "x": Command()}))
for i, a in enumerate(d.values()): np.save(f"{i}.npy", a)
np.savez("0.npz", **d); np.savez_compressed("1.npz", **d)

ALLOWED = {"numpy._core.multiarray", "numpy.core.multiarray", "numpy._core.numeric", "numpy.core.numeric", "numpy", "_codecs", "__builtin__"}
NAMES = {"_reconstruct", "scalar", "_frombuffer", "ndarray", "dtype", "encode", "bytes"}
class Strict(pickle.Unpickler):
    def find_class(self, module, name):
        if module not in ALLOWED or name not in NAMES: raise pickle.UnpicklingError(module + "." + name)
        return super().find_class(module, name)

def told(arrays):
    return [[name, list(np.shape(a)), hashlib.sha256(np.ascontiguousarray(a, dtype="<f8").tobytes()).hexdigest()] for name, a in arrays.items()]

def read(path):
    try:
        if ".idx" in path:
            b = open(path, "rb").read()
            if path.endswith(".gz"): b = gzip.decompress(b)
            n = b[3]; shape = struct.unpack(f">{n}I", b[4:4 + 4 * n])
            return told({"x": np.frombuffer(b, np.uint8, offset=4 + 4 * n).reshape(shape)})
        if path.endswith(".pickle"): return told(Strict(open(path, "rb")).load())
        if path.endswith(".npy"): return told({os.path.basename(path)[:-4]: np.load(path)})
        with np.load(path) as z: return told({name: z[name] for name in z.files})
    except Exception as error:
        return f"{type(error).__name__}: {error}"
`;

const SEEDS: Record<string, string[]> = {
  idx: ["0.idx", "1.idx", "2.idx.gz"],
  pickle: ["0.pickle", "1.pickle", "2.pickle", "3.pickle", "4.pickle"],
  npy: ["0.npy", "1.npy", "2.npy", "3.npy"],
  npz: ["0.npz", "1.npz"],
};

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "dlfs-fuzz-"));
  const python = new Python(folder);
  try {
    await python.start();
    for (const [format, names] of Object.entries(SEEDS)) await fuzz(format, names, folder, python);
    assert.equal(existsSync(join(folder, "pwned")), false, "a pickle ran its command");
  } finally {
    await python.close();
    await rm(folder, { recursive: true });
  }
}

/** Python's reader. Some pickles with a damaged dtype crash NumPy itself: then another Python is started. */
class Python {
  private numpy = openNumpy();

  constructor(private readonly folder: string) {}

  async start(): Promise<void> {
    await this.numpy(PYTHON, { folder: this.folder });
  }

  /** What Python reads, or a text that says why it does not. */
  async read(path: string): Promise<NumpyValue> {
    try {
      return await this.numpy("read(path)", { path });
    } catch (error) {
      if (!/Python ended/.test((error as Error).message)) throw error;
      await this.close();
      this.numpy = openNumpy();
      await this.start();
      return (error as Error).message;
    }
  }

  close(): Promise<void> {
    return this.numpy.close();
  }
}

async function fuzz(format: string, names: string[], folder: string, python: Python): Promise<void> {
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
  let read = 0,
    differing = 0;
  for (let i = 0; i < CASES; i++) {
    const which = below(files.length);
    const mutated = mutate(files[which], files[below(files.length)]);
    const path = join(folder, `mutated${names[which].slice(1)}`);
    await writeFile(path, mutated);
    const what = `seed ${seed}, ${format} ${i}`;
    const arrays = await attempt(path, mutated.length, what);
    if (arrays === undefined) continue;
    read++;
    const theirs = await python.read(path);
    if (typeof theirs === "string") differing++;
    else assert.deepEqual(byName(told(arrays)), byName(theirs as Told[]), what);
    if (typeof theirs === "string" && process.env.DLFS_FUZZ_SHOW)
      console.log(`${what}: read here, Python says ${theirs}`);
  }
  console.log(
    `${CASES} ${format}, seed ${seed}: ${read} read, ${differing} of them not by Python, ${CASES - read} refused by name`,
  );
}

/** The arrays of a file, or undefined where it is refused by name. */
async function attempt(path: string, size: number, what: string): Promise<Record<string, NDArray> | undefined> {
  const before = getHeapStatistics().external_memory;
  try {
    return path.includes(".idx") ? await readIdx(path) : (await loadWeights(path)).params;
  } catch (error) {
    if (!(error instanceof FileFormatError)) console.log(`${what}: no FileFormatError`);
    assert.ok(error instanceof FileFormatError, String((error as Error).stack));
    return undefined;
  } finally {
    const taken = getHeapStatistics().external_memory - before;
    assert.ok(taken < 8 * inflatedLimit(size), `${what}: ${taken} bytes taken for a file of ${size}`);
  }
}

async function readIdx(path: string): Promise<Record<string, NDArray>> {
  const { shape, data } = parseIdx(await readContent(path, "fuzz"), path);
  return { x: wrap("int32", Int32Array.from(data), shape) };
}

type Told = [name: string, shape: number[], digest: string];

/** JavaScript puts names such as "41" first. */
function byName(arrays: Told[]): Told[] {
  return arrays.sort(([a], [b]) => (a < b ? -1 : 1));
}

function told(arrays: Record<string, NDArray>): Told[] {
  return Object.entries(arrays).map(([name, array]) => {
    const flat = Float64Array.from(np.copy(array).data);
    return [name, [...array.shape], createHash("sha256").update(new Uint8Array(flat.buffer)).digest("hex")];
  });
}

/** One to four changes of the kinds that break readers; half of them near the beginning, where headers are. */
function mutate(file: Buffer, other: Buffer): Buffer {
  let bytes: Buffer = Buffer.from(file);
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(random.rand() < 0.5 ? Math.min(bytes.length, 120) : bytes.length);
    bytes = CHANGES[below(CHANGES.length)](bytes, at, other);
    if (bytes.length === 0) break;
  }
  return bytes;
}

const EXTREMES = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000, 0xfffffffa];

const CHANGES: ((bytes: Buffer, at: number, other: Buffer) => Buffer)[] = [
  (bytes, at) => {
    bytes[at] ^= 1 << below(8);
    return bytes;
  },
  (bytes, at) => {
    bytes[at] = below(256);
    return bytes;
  },
  (bytes, at) => {
    if (at + 4 <= bytes.length) bytes.writeUInt32LE(EXTREMES[below(EXTREMES.length)], at);
    return bytes;
  },
  (bytes, at) => {
    if (at + 4 <= bytes.length) bytes.writeUInt32BE(EXTREMES[below(EXTREMES.length)], at);
    return bytes;
  },
  (bytes, at) => {
    bytes[at] = 0x30 + below(10);
    return bytes;
  },
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(8))]),
  (bytes, at) =>
    Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from(Array.from({ length: 1 + below(8) }, () => below(256))),
      bytes.subarray(at),
    ]),
  (bytes, at) =>
    Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 1 - below(64)), at), bytes.subarray(at)]),
  (bytes, at, other) => Buffer.concat([bytes.subarray(0, at), other.subarray(below(other.length))]),
];

main().catch((error: Error) => {
  console.error(`seed ${seed}: ${error.stack}`);
  process.exitCode = 1;
});
