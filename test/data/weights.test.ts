import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import promises, { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { parseNpy } from "../../lib/src/data/npy";
import { loadWeights, saveWeights } from "../../lib/src/data/weights";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { openNumpy, type NumpyArray } from "../numpy";
import { bookWeights, withDlfsData } from "./sources";

const numpy = openNumpy();
let folder: string;
test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), "dlfs-weights-"));
  await numpy("import numpy as np, pickle, os; os.chdir(folder); rng = np.random.default_rng(0)", { folder });
});
test.after(async () => {
  await numpy.close();
  await rm(folder, { recursive: true });
});

/** Runs Python that leaves `name` in the test's folder, and loads it. */
async function written(name: string, python: string): Promise<Record<string, NDArray>> {
  await numpy(python);
  return (await loadWeights(join(folder, name))).params;
}

function assertSame(ours: NDArray, theirs: NumpyArray, dtype = theirs.dtype.replace(">f8", "float64")): void {
  assert.equal(ours.dtype, dtype);
  assert.deepEqual([...ours.shape], [...theirs.shape]);
  assert.deepEqual([...np.copy(ours).data], [...theirs.data]);
}

async function assertAll(params: Record<string, NDArray>): Promise<void> {
  assert.deepEqual(Object.keys(params), await numpy("list(d)"));
  for (const [name, array] of Object.entries(params))
    assertSame(array, (await numpy("d[name]", { name })) as NumpyArray);
}

const DICTIONARY = `
d = {"W1": rng.normal(size=(5, 3)).astype(np.float32), "b1": rng.normal(size=3), "turned": np.asfortranarray(rng.normal(size=(4, 6))),
     "cut": rng.normal(size=(6, 6))[::2, 1::2], "t": np.array([3, 1, 2], dtype=np.int32), "mask": np.array([[True], [False]]),
     "none": np.zeros((0, 4)), "scalar": np.array(2.5), "big": np.array([1.5, -2.25], dtype=">f8"), "__proto__": np.ones(2)}
`;

for (const protocol of [2, 3, 4, 5]) {
  test(`a pickle of protocol ${protocol} gives the arrays that Python gives`, async () => {
    const params = await written(
      `p${protocol}.pkl`,
      `${DICTIONARY}\nwith open("p${protocol}.pkl", "wb") as f: pickle.dump(d, f, protocol=${protocol})`,
    );
    await assertAll(params);
  });
}

test("NumPy's scalars in a pickle are arrays without an axis", async () => {
  const { loss, count } = await written(
    "scalars.pkl",
    `with open("scalars.pkl", "wb") as f: pickle.dump({"loss": np.float64(0.25), "count": np.int64(7)}, f)`,
  );
  assert.deepEqual([loss.shape, loss.data[0], count.dtype, count.data[0]], [[], 0.25, "int32", 7]);
});

test("Python 2's raw text keeps its bytes", async () => {
  // what Python 2 writes: its str is opcode U or T, here put in the place of protocol 3's bytes
  const params = await written(
    "two.pkl",
    `
x = np.array([1.1, -2.2, 3.3, 1e300])
p = pickle.dumps({"x": x}, protocol=3)
old = p.replace(b"\\x80\\x03", b"\\x80\\x02", 1).replace(b"C" + bytes([len(x.tobytes())]) + x.tobytes(), b"U" + bytes([len(x.tobytes())]) + x.tobytes()).replace(b"C\\x01b", b"U\\x01b")
assert old.count(b"U") == 2
open("two.pkl", "wb").write(old)`,
  );
  assert.deepEqual([...params.x.data], [1.1, -2.2, 3.3, 1e300]);
});

for (const save of ["savez", "savez_compressed"]) {
  test(`what np.${save} writes is read back`, async () => {
    await assertAll(await written(`${save}.npz`, `${DICTIONARY}\nnp.${save}("${save}.npz", **d)`));
  });
}

test("a .npy file is one array, called after the file", async () => {
  const { table } = await written("table.npy", `np.save("table.npy", np.arange(6.0).reshape(2, 3))`);
  assertSame(table, (await numpy("np.arange(6.0).reshape(2, 3)")) as NumpyArray);
});

test("versions 2 and 3 of .npy are read", async () => {
  for (const version of [2, 3]) {
    const params = await written(
      "version.npy",
      `with open("version.npy", "wb") as f: np.lib.format.write_array(f, np.arange(4, dtype=np.float32), version=(${version}, 0))`,
    );
    assert.deepEqual([...params.version.data], [0, 1, 2, 3]);
  }
});

test("every numeric element type and byte order is read; integers are int32 where they fit", async () => {
  for (const type of [
    "i1",
    "u1",
    "<i2",
    ">i2",
    "<u2",
    "<i4",
    ">i4",
    "<u4",
    "<i8",
    ">i8",
    "<u8",
    "<f4",
    ">f4",
    "<f8",
    "?",
  ]) {
    const { x } = await written(
      "x.npy",
      `x = np.array([[1, 0, 100], [7, 3, 120]]).astype("${type}"); np.save("x.npy", x)`,
    );
    assertSame(
      x,
      (await numpy("x")) as NumpyArray,
      /f4/.test(type) ? "float32" : /f8/.test(type) ? "float64" : type === "?" ? "bool" : "int32",
    );
  }
});

test("integers past int32 become float64, and past 2^53 an error", async () => {
  const { x } = await written("x.npy", `np.save("x.npy", np.array([2**40, -1]))`);
  assert.deepEqual([x.dtype, ...x.data], ["float64", 2 ** 40, -1]);
  for (const [python, digits] of [
    ["[1, 2**60 + 1]", "1152921504606846977"],
    ["[-2**60]", "-1152921504606846976"],
    ["[2**64 - 1], np.uint64", "18446744073709551615"],
  ]) {
    const message = new RegExp(`the integer ${digits}: wanted at most 2\\^53 - 1 in size`);
    await assert.rejects(written("x.npy", `np.save("x.npy", np.array(${python}))`), {
      name: "FileFormatError",
      message,
    });
  }
});

const refused: [string, string, RegExp][] = [
  [
    "object arrays",
    `np.save("r", np.array([{}, 1], dtype=object), allow_pickle=True); os.replace("r.npy", "r")`,
    /type "\|O": wanted one of/,
  ],
  ["structured arrays", `np.save("r", np.zeros(2, dtype=[("a", "f8")])); os.replace("r.npy", "r")`, /\.npy header/],
  ["float16", `np.save("r", np.zeros(2, dtype=np.float16)); os.replace("r.npy", "r")`, /type "<f2"/],
  [
    "an .npz that holds something else",
    `import zipfile\nwith zipfile.ZipFile("r", "w") as z: z.writestr("readme.txt", "hello")`,
    /holds "readme.txt"/,
  ],
  ["protocol 0", `open("r", "wb").write(pickle.dumps({"x": np.ones(2)}, protocol=0))`, /wanted a .npy, .npz or pickle/],
  ["a pickled list", `open("r", "wb").write(pickle.dumps([np.ones(2)]))`, /wanted a dictionary of arrays/],
  [
    "a pickled dictionary of lists",
    `open("r", "wb").write(pickle.dumps({"x": [1, 2]}))`,
    /wanted arrays by their names only/,
  ],
  [
    "a pickled object array",
    `open("r", "wb").write(pickle.dumps({"x": np.array([{}], dtype=object)}))`,
    /wanted raw elements/,
  ],
  ["an empty file", `open("r", "wb").close()`, /starts with ""/],
];
for (const [what, python, message] of refused) {
  test(`${what}: refused by name`, async () => {
    await assert.rejects(written("r", python), { name: "FileFormatError", message });
  });
}

for (const protocol of [2, 4]) {
  test(`a pickle of protocol ${protocol} that would run a command is refused by the command's name, and runs nothing`, async () => {
    await numpy(`
class Command:
    def __reduce__(self): return os.system, ("echo pwned > pwned",)
with open("evil.pkl", "wb") as f: pickle.dump({"W1": np.ones(2), "b1": Command()}, f, protocol=${protocol})`);
    await assert.rejects(loadWeights(join(folder, "evil.pkl")), {
      name: "FileFormatError",
      message: /it names (posix|nt)\.system, which no array needs; nothing was run/,
    });
    assert.equal(existsSync(join(folder, "pwned")), false);
  });
}

// hand-written programs for the pickle machine, each a way to take a careless reader's time, memory or objects
const MANY = "\x29".repeat(50) + "\x86".repeat(49);
const programs: [string, string, RegExp][] = [
  ["reads itself again without end", "\x80\x03B\xfa\xff\xff\xff", /-6 bytes wanted/],
  ["states a text longer than itself", "\x80\x03X\xff\xff\xff\x7f", /2147483647 bytes wanted/],
  [
    "sets the length of a list",
    "\x80\x03]}X\x06\0\0\0lengthJ\xff\xff\xff\x7fsb.",
    /builds an object from something that is no tuple/,
  ],
  [
    "names itself by nested tuples",
    `\x80\x04)${"q\x00h\x00\x86".repeat(60)}X\x01\0\0\0n\x93.`,
    /gives object where a name/,
  ],
  [
    "encodes a character that latin1 has not",
    `\x80\x02}X\x01\0\0\0nc_codecs\nencode\nX\x02\0\0\0\xc4\x80X\x06\0\0\0latin1\x86Rs.`,
    /encodes the character U\+0100 as latin1/,
  ],
  [
    "encodes a character of two halves",
    `\x80\x02}X\x01\0\0\0nc_codecs\nencode\nX\x04\0\0\0\xf0\x9f\x98\x80X\x06\0\0\0latin1\x86Rs.`,
    /encodes the character U\+1F600 as latin1/,
  ],
  [
    "encodes the same text over and over",
    `\x80\x02c_codecs\nencode\nq\x00X\x14\0\0\0${"a".repeat(20)}q\x01X\x06\0\0\0latin1q\x02${"h\x00h\x01h\x02\x86R".repeat(30)}.`,
    /more text than the file/,
  ],
  ["uses an opcode of another kind", "\x80\x02(c__builtin__\neval\no.", /names __builtin__.eval/],
  ["asks for a persistent object", "\x80\x02X\x01\0\0\0nQ.", /opcode 0x51/],
  ["ends early", "\x80\x02}", /Unexpected end/],
  ["nests without end", `\x80\x02}X\x01\0\0\0n${MANY}s.`, /wanted arrays by their names only/],
];
for (const [what, program, message] of programs) {
  test(`a pickle that ${what} is refused`, async () => {
    await writeFile(join(folder, "program.pkl"), Buffer.from(program, "latin1"));
    await assert.rejects(loadWeights(join(folder, "program.pkl")), { name: "FileFormatError", message });
  });
}

test("an array under two names is one array, as in Python", async () => {
  const { x, y } = await written(
    "same.pkl",
    `x = np.ones(1000); open("same.pkl", "wb").write(pickle.dumps({"x": x, "y": x}))`,
  );
  assert.equal(x, y);
});

test("many arrays that share their bytes are refused before they take memory without end", async () => {
  await assert.rejects(
    written(
      "many.pkl",
      `
shared = bytes(8000)
class Many:
    def __reduce__(self): return np._core.numeric._frombuffer, (shared, np.dtype("f8"), (1000,), "C")
open("many.pkl", "wb").write(pickle.dumps({str(i): Many() for i in range(100)}))`,
    ),
    { name: "FileFormatError", message: /take more than the file: wanted/ },
  );
});

test("an .npz that would inflate to far more than its size is refused before it does", async () => {
  await assert.rejects(written("bomb.npz", `np.savez_compressed("bomb.npz", x=np.zeros(4_000_000))`), {
    name: "FileFormatError",
    message: /more than 100 times/,
  });
});

test("an .npz whose entry is called otherwise than its directory says is refused, as by Python", async () => {
  await numpy(`np.savez("named.npz", x=np.ones(2))`);
  const content = await readFile(join(folder, "named.npz"));
  content.write("y.npy", content.indexOf("x.npy"));
  await writeFile(join(folder, "named.npz"), content);
  // zipfile: File name in directory 'x.npy' and header b'y.npy' differ.
  assert.match(
    String(
      await numpy(`
def read_npz():
    try:
        with np.load("named.npz") as z: return str(z["x"])
    except Exception as error: return f"{type(error).__name__}: {error}"
`).then(() => numpy("read_npz()")),
    ),
    /^BadZipFile: .*differ/,
  );
  await assert.rejects(loadWeights(join(folder, "named.npz")), {
    name: "FileFormatError",
    message: /its directory lists "x.npy", the entry itself is called "y.npy"/,
  });
});

test("an .npz whose content was changed fails its checksum", async () => {
  await numpy(`np.savez("sum.npz", x=np.arange(100.0))`);
  const content = await readFile(join(folder, "sum.npz"));
  content[300] ^= 1;
  await writeFile(join(folder, "sum.npz"), content);
  await assert.rejects(loadWeights(join(folder, "sum.npz")), {
    name: "FileFormatError",
    message: /checksum of "x.npy"/,
  });
});

test("what saveWeights writes NumPy reads, twice the same bytes, and nothing else is left", async () => {
  const params = {
    W1: np.array([
      [1.5, -2],
      [0.1, 4],
    ]),
    b1: np.array([1, 2], { dtype: "float32" }),
    cut: np.slice(
      np.array([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      ":",
      "::2",
    ),
    t: np.arange(3),
    mask: np.greater(np.arange(2), 0),
  };
  await saveWeights(join(folder, "ours.npz"), params);
  for (const [name, array] of Object.entries(params))
    assertSame(array, (await numpy(`np.load("ours.npz")[name]`, { name })) as NumpyArray);
  const first = await readFile(join(folder, "ours.npz"));
  await saveWeights(join(folder, "ours.npz"), params);
  assert.ok(first.equals(await readFile(join(folder, "ours.npz"))));
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith("ours")),
    ["ours.npz"],
  );
});

test("text past U+00FF as an array's elements is refused, as by Python", async () => {
  // protocol 2 spells bytes as text; here the text is the elements themselves, with one character too many
  await numpy(`
p = pickle.dumps({"x": np.frombuffer(bytes(range(8)), dtype=np.uint8).copy()}, protocol=3)
raw = b"C\\x08" + bytes(range(8))
assert p.count(raw) == 1
text = "\\u0100\\x01\\x02\\x03\\x04\\x05\\x06\\x07".encode()
open("elements.pkl", "wb").write(p.replace(raw, b"X" + len(text).to_bytes(4, "little") + text))`);
  await assert.rejects(loadWeights(join(folder, "elements.pkl")), {
    name: "FileFormatError",
    message: /x: it encodes the character U\+0100 as latin1/,
  });
});

test("a folder in place of a file, a file without permission and one that fails to be read are named", async (t) => {
  await assert.rejects(loadWeights(folder), {
    name: "FileFormatError",
    message: `loadWeights: ${folder}: a folder: wanted a file`,
  });
  await assert.rejects(loadWeights("/dev/null"), {
    name: "FileFormatError",
    message: "loadWeights: /dev/null: a pipe or a device: wanted a file",
  });
  const path = join(folder, "closed.npz");
  await writeFile(path, "closed");
  // root may read whatever the permissions are, so the file system's answer is put in its place
  t.mock.method(promises, "readFile", () => Promise.reject(new Error(`EACCES: permission denied, open '${path}'`)));
  await assert.rejects(loadWeights(path), {
    name: "MissingDataError",
    message: `loadWeights: ${path}: EACCES: permission denied, open '${path}': wanted a file that can be read`,
  });
});

test("weights that cannot be saved leave nothing beside, and the error names the file", async () => {
  const path = join(folder, "taken.npz");
  await mkdir(join(path, "full"), { recursive: true });
  await assert.rejects(saveWeights(path, { x: np.arange(2) }), {
    name: "Error",
    message: /^saveWeights: .*taken\.npz: .*: wanted a file that can be written$/,
  });
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith("taken")),
    ["taken.npz"],
  );
  await assert.rejects(saveWeights(join(folder, "nowhere", "x.npz"), { x: np.arange(2) }), {
    message: /^saveWeights: .*x\.npz: ENOENT.*: wanted a file that can be written$/,
  });
});

test("a file that is not there is named", async () => {
  await assert.rejects(loadWeights(join(folder, "nowhere.pkl")), {
    name: "MissingDataError",
    message: /nowhere.pkl, which is not there: wanted a file$/,
  });
});

test("a header that claims more than the file holds is refused before anything is allocated", () => {
  const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4000000000, 1000), }\n";
  const content = Buffer.concat([
    Buffer.from("\x93NUMPY\x01\x00", "latin1"),
    Buffer.from([header.length, 0]),
    Buffer.from(header),
    Buffer.alloc(16),
  ]);
  assert.throws(() => parseNpy(content, "claims"), {
    name: "FileFormatError",
    message: /16 bytes of elements: wanted 32000000000000/,
  });
});

test("the book's weights are those that Python reads", { skip: bookWeights.skip }, async () => {
  const { params, source } = await withDlfsData(bookWeights.folder, () => loadWeights());
  assert.equal(source, "book");
  await numpy(`d = pickle.load(open(os.path.join(where, "sample_weight.pkl"), "rb"))`, { where: bookWeights.folder });
  await assertAll(params);
});
