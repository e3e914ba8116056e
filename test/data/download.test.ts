import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { watch } from "node:fs";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import test, { type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { loadMnist } from "../../lib/src/data/mnist";
import { bad, drop, good, Mirror, type Behaviour } from "./mirror";
import { bookWeights, fullMnist, withDlfsData } from "./sources";

const root = resolve(__dirname, "../..");

// half noise, half zeros: it compresses, and is long enough to be cut anywhere
const content = Buffer.concat([randomBytes(600_000), Buffer.alloc(300_000)]);
const plain = randomBytes(200_000);
const files: Record<string, Buffer> = { "digits.gz": gzipSync(content), "weights.pkl": plain };
const list = [entry("digits.gz", content), entry("weights.pkl", plain)];

function entry(name: string, bytes: Buffer) {
  return { name, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; said: string }>;
}

/** Starts `npm run data`'s script in a folder of its own, on these mirrors and files. */
function start(folder: string, mirrors: string[], { args = ["--timeout", "1", "--retries", "0"], env = {} } = {}): Run {
  const options = [
    "--folder",
    folder,
    "--list",
    join(folder, "list.json"),
    ...args,
    ...mirrors.flatMap((mirror) => ["--mirror", mirror]),
  ];
  const child = spawn(
    process.execPath,
    ["--require", "ts-node/register/transpile-only", join(root, "scripts", "data.ts"), ...options],
    {
      cwd: root,
      env: { ...process.env, HTTP_PROXY: "", http_proxy: "", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const code = new Promise<number | null>((done) => child.on("exit", done));
  const ended = Promise.all([code, buffer(child.stdout!), buffer(child.stderr!)]).then(([status, out, err]) => ({
    code: status,
    said: `${out}${err}`,
  }));
  return { child, ended };
}

async function setUp(
  t: TestContext,
  behaviours: Record<string, Behaviour> = {},
  wanted = list,
): Promise<{ folder: string; mirror: Mirror }> {
  const folder = await mkdtemp(join(tmpdir(), "dlfs-download-"));
  await writeFile(join(folder, "list.json"), JSON.stringify(wanted));
  const mirror = await new Mirror(files, behaviours).listen();
  t.after(async () => {
    await mirror.close();
    await rm(folder, { recursive: true });
  });
  return { folder, mirror };
}

/** What lies in the folder beside the list. */
async function held(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name !== "list.json").sort();
}

async function assertComplete(folder: string, names = ["digits.gz", "weights.pkl"]): Promise<void> {
  assert.deepEqual(await held(folder), names);
  for (const name of names) assert.ok((await readFile(join(folder, name))).equals(files[name]), name);
}

test("each way of a bad mirror is passed over with a line that says why; nothing lies under the file's name until a good one serves", async (t) => {
  const { folder, mirror } = await setUp(t, {}, [list[0]]);
  const first = await start(
    folder,
    Object.keys(bad).map((name) => mirror.folder(name)),
  ).ended;
  assert.equal(first.code, 1, first.said);
  assert.match(first.said, /1 of 1 files could not be had: digits\.gz/);
  for (const [name, { reason }] of Object.entries(bad)) {
    const line = first.said.split("\n").find((text) => text.includes(`/${name}/`)) ?? "";
    assert.match(line, /digits\.gz: http:.* passed over: /, first.said);
    assert.match(line, reason);
  }
  assert.doesNotMatch(first.said, /^ +at /m);
  // of all these the only ones that gave a beginning of the file are kept, to be resumed
  const parts = await held(folder);
  assert.equal(parts.length, 2, `stalled and dropped: ${parts.join(", ")}`);
  assert.deepEqual(
    parts.filter((name) => !/^digits\.gz\.[0-9a-f]{8}\.\d+\.part$/.test(name)),
    [],
  );
  const second = await start(folder, [mirror.folder("forbidden"), mirror.folder("good")]).ended;
  assert.equal(second.code, 0, second.said);
  assert.match(second.said, /digits\.gz: fetched from http:.*\/good\/digits\.gz, digest right/);
  await assertComplete(folder, ["digits.gz"]);
});

test("a server that is busy is asked again, and one that breaks off goes on from where it was", async (t) => {
  let refusals = 2,
    breaks = 2;
  const { folder, mirror } = await setUp(t, {
    moody: (...all) =>
      (all[2].url?.endsWith("pkl") && refusals-- > 0 ? bad.busy.behave : breaks-- > 0 ? drop : good)(...all),
  });
  const { code, said } = await start(folder, [mirror.folder("moody")], { args: ["--retries", "2"] }).ended;
  assert.equal(code, 0, said);
  assert.equal(said.match(/asking again/g)?.length, 4);
  // what has come of the half is kept, and the second request begins behind the first
  const begins = mirror.requests.slice(0, 3).map(({ range }) => Number(/\d+/.exec(range ?? "0")![0]));
  assert.ok(begins[0] === 0 && begins[1] > 0 && begins[2] > begins[1], String(begins));
  await assertComplete(folder);
});

const unhelpful: [string, Behaviour][] = [
  [
    "ignores the range",
    (file, response) => {
      response.end(file);
    },
  ],
  [
    "has less than what was resumed",
    (file, response, request) =>
      request.headers.range === undefined ? good(file, response, request) : response.writeHead(416).end(),
  ],
  [
    "resumes with other bytes",
    (file, response, request) =>
      good(request.headers.range === undefined ? file : Buffer.alloc(file.length), response, request),
  ],
];
for (const [what, behave] of unhelpful) {
  test(`a server that ${what} still gives the right file`, async (t) => {
    let first = true;
    const { folder, mirror } = await setUp(
      t,
      {
        odd: (...all) => {
          const answer = first ? drop : behave;
          first = false;
          answer(...all);
        },
      },
      [list[0]],
    );
    const { code, said } = await start(folder, [mirror.folder("odd")], { args: ["--retries", "3"] }).ended;
    assert.equal(code, 0, said);
    await assertComplete(folder, ["digits.gz"]);
  });
}

test("what is there is left alone; a wrong file is put aside and fetched anew", async (t) => {
  const { folder, mirror } = await setUp(t);
  await writeFile(join(folder, "weights.pkl"), plain);
  await writeFile(join(folder, "digits"), "not the digits");
  const { code, said } = await start(folder, [mirror.folder("good")]).ended;
  assert.equal(code, 0, said);
  assert.match(said, /weights\.pkl: is there, digest right/);
  assert.match(said, /digits: 14 bytes of content: wanted 900000; put aside as digits\.wrong/);
  assert.deepEqual(
    mirror.requests.map(({ url }) => url),
    ["/good/digits.gz"],
  );
  await rm(join(folder, "digits.wrong"));
  await assertComplete(folder);
});

/** Resolves once the files in the folder have this many bytes together, or when the run is over. */
async function grown(folder: string, target: number, over: Promise<unknown>): Promise<void> {
  let look = (): void => {};
  const watcher = watch(folder, () => look());
  const reached = new Promise<void>((resolveReached) => {
    look = () =>
      void bytesIn(folder).then((bytes) => {
        if (bytes >= target) resolveReached();
      });
  });
  look();
  await Promise.race([reached, over]);
  watcher.close();
}

async function bytesIn(folder: string): Promise<number> {
  // a part may be renamed between the two looks
  const sizes = await Promise.all(
    (await held(folder)).map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test("stopped at ten random moments, the next run ends right, and no name ever holds a wrong file", async (t) => {
  let limit = Infinity;
  const { folder, mirror } = await setUp(t, {
    slow: (file, response, request) => {
      const from = Number(/\d+/.exec(request.headers.range ?? "0")![0]);
      const piece = file.subarray(from, Math.min(file.length, from + limit));
      limit -= piece.length;
      // after so many bytes the server falls silent, and the run waits there for its end
      response.writeHead(from > 0 ? 206 : 200, {
        "content-range": `bytes ${from}-${file.length - 1}/${file.length}`,
        "content-length": file.length - from,
      });
      response.flushHeaders();
      if (piece.length > 0) response.write(piece);
    },
  });
  const total = files["digits.gz"].length + files["weights.pkl"].length;
  for (let kill = 0; kill < 10; kill++) {
    const before = await bytesIn(folder);
    // two moments are not left to chance: before the first byte, and between a file's last byte and its name
    const fixed = kill === 0 ? 0 : kill === 5 ? Math.max(0, files["digits.gz"].length - before) : undefined;
    limit = fixed ?? Math.floor(0.5 * Math.random() * (total - before));
    const target = before + limit,
      asked = mirror.nextRequest();
    const run = start(folder, [mirror.folder("slow")], { args: ["--timeout", "60", "--retries", "0"] });
    await Promise.race([asked, run.ended]);
    await grown(folder, target, run.ended);
    run.child.kill("SIGKILL");
    assert.equal((await run.ended).code, null, `kill ${kill} met a run at work`);
    for (const name of (await held(folder)).filter((found) => found in files)) {
      assert.ok((await readFile(join(folder, name))).equals(files[name]), `${name} after kill ${kill}`);
    }
  }
  limit = Infinity;
  const { code, said } = await start(folder, [mirror.folder("slow")]).ended;
  assert.equal(code, 0, said);
  assert.ok(
    mirror.requests.some(({ range }) => range !== undefined),
    "what was stopped was resumed",
  );
  await assertComplete(folder);
});

test("two runs at once both end right", async (t) => {
  const waiting: (() => void)[] = [];
  const { folder, mirror } = await setUp(
    t,
    {
      together: (...all) => {
        // no answer before both have asked, so that both are at work on the same file
        waiting.push(() => good(...all));
        if (waiting.length === 2) for (const answer of waiting.splice(0)) answer();
      },
    },
    [list[0]],
  );
  const runs = [1, 2].map(() => start(folder, [mirror.folder("together")], { args: ["--timeout", "120"] }));
  for (const { code, said } of await Promise.all(runs.map((run) => run.ended))) assert.equal(code, 0, said);
  await assertComplete(folder, ["digits.gz"]);
});

test("a redirection is followed, as a browser would: relative, to another name, through several hops", async (t) => {
  const away =
    (location: (name: string) => string): Behaviour =>
    (_, response, request) => {
      response.writeHead(302, { location: location(request.url!.split("/").at(-1)!) }).end("moved");
    };
  const { folder, mirror } = await setUp(t, {
    first: away((name) => `/second/${name}`),
    second: away((name) => `../good/${name}?signed=1`),
  });
  const { code, said } = await start(folder, [mirror.folder("first")]).ended;
  assert.equal(code, 0, said);
  assert.deepEqual(
    mirror.requests.slice(0, 3).map(({ url }) => url),
    ["/first/digits.gz", "/second/digits.gz", "/good/digits.gz?signed=1"],
  );
  await assertComplete(folder);
});

/** A proxy on loopback; answers what `behave` says, and its address in both spellings of its variable. */
async function proxyOf(t: TestContext, behave: (server: Server) => void): Promise<NodeJS.ProcessEnv> {
  const proxy = createServer();
  behave(proxy);
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  t.after(() => proxy.close());
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    HTTP_PROXY: address,
    http_proxy: address,
    HTTPS_PROXY: address,
    https_proxy: address,
    NO_PROXY: "",
    no_proxy: "",
  };
}

test("a proxy is asked for http:// files by their whole address, the ordinary way", async (t) => {
  const { folder } = await setUp(t, {}, [list[0]]);
  const asked: string[] = [];
  const env = await proxyOf(t, (server) =>
    server.on("request", (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end(files["digits.gz"]);
    }),
  );
  const { code, said } = await start(folder, ["http://mirror.invalid/good"], { env }).ended;
  assert.equal(code, 0, said);
  assert.deepEqual(asked, ["GET http://mirror.invalid/good/digits.gz"]);
  await assertComplete(folder, ["digits.gz"]);
});

test("a proxy is asked for a tunnel to https:// files", async (t) => {
  const { folder } = await setUp(t, {}, [list[0]]);
  const asked: string[] = [];
  const env = await proxyOf(t, (server) =>
    server.on("connect", (request, client) => {
      asked.push(request.url ?? "");
      client.end("HTTP/1.1 200 Connection Established\r\n\r\n");
    }),
  );
  const { code, said } = await start(folder, ["https://mirror.invalid/good"], { env }).ended;
  assert.equal(code, 1, said);
  assert.deepEqual(asked, ["mirror.invalid:443"]);
});

const PAGE = Buffer.alloc(2 ** 20, "<p>This page is blocked by your school.</p>");

for (const status of [200, 403, 407, 511]) {
  test(`a proxy's block page of 1 MB (${status}) is one line for each address, and the last sentence is said`, async (t) => {
    const { folder } = await setUp(t);
    const env = await proxyOf(t, (server) => {
      server.on("request", (_, response) => response.writeHead(status, { "content-type": "text/html" }).end(PAGE));
      server.on("connect", (_, client) => {
        client.on("error", () => {});
        client.end(
          Buffer.concat([
            Buffer.from(`HTTP/1.1 ${status === 200 ? 502 : status} No\r\ncontent-length: ${PAGE.length}\r\n\r\n`),
            PAGE,
          ]),
        );
      });
    });
    const { code, said } = await start(folder, ["http://mirror.invalid", "https://mirror.invalid"], { env }).ended;
    assert.equal(code, 1, said);
    assert.equal(said.match(/passed over: /g)?.length, 4, said);
    assert.equal(said.match(/https:.* passed over: the proxy answers with status \d{3}/g)?.length, 2, said);
    assert.match(said, /2 of 2 files could not be had: digits\.gz, weights\.pkl\. The notebooks run without them/);
    assert.doesNotMatch(said, /^ +at /m);
    assert.deepEqual(await held(folder), []);
  });
}

test("a proxy variable that is no address is named", async (t) => {
  const { folder } = await setUp(t, {}, [list[0]]);
  const { code, said } = await start(folder, ["http://mirror.invalid"], {
    env: { HTTP_PROXY: "socks5://localhost:1", http_proxy: "socks5://localhost:1", NO_PROXY: "", no_proxy: "" },
  }).ended;
  assert.equal(code, 1);
  assert.match(said, /passed over: the proxy of HTTP_PROXY or HTTPS_PROXY is socks5:\/\/localhost:1: wanted http/);
});

test("a word that is no option is refused before anything is asked for", async (t) => {
  const { folder, mirror } = await setUp(t);
  const { code, said } = await start(folder, [mirror.folder("good")], { args: ["extra"] }).ended;
  assert.equal(code, 1);
  assert.match(said, /npm run data: 'extra': wanted options only/);
  assert.deepEqual(mirror.requests, []);
});

const linux = { skip: process.platform !== "linux" && "needs /proc" };

test(
  "a folder that cannot be made is named: /proc refuses one in a way that makes Node's own mkdir loop",
  linux,
  async (t) => {
    const { folder, mirror } = await setUp(t);
    // the later of two --folder counts
    const { code, said } = await start(folder, [mirror.folder("good")], { args: ["--folder", "/proc/x/y"] }).ended;
    assert.equal(code, 1);
    assert.match(said, /the folder \/proc\/x\/y cannot be made: ENOENT/);
    const file = await start(folder, [mirror.folder("good")], { args: ["--folder", join(folder, "list.json")] }).ended;
    assert.match(file.said, /the folder .*list\.json cannot be made: EEXIST/);
  },
);

test("an option that is no number, and a mirror that is no address, are named", async (t) => {
  const { folder } = await setUp(t, {}, [list[0]]);
  const number = await start(folder, ["http://127.0.0.1:1"], { args: ["--timeout", "soon"] }).ended;
  assert.equal(number.code, 1);
  assert.match(number.said, /--timeout soon: wanted a number from 0 to 2000000/);
  const address = await start(folder, ["no address"]).ended;
  assert.equal(address.code, 1);
  assert.match(address.said, /--mirror no address: wanted an address that begins with http/);
});

const skip = fullMnist.skip || bookWeights.skip;

test("the five real files are taken and serve loadMnist", { skip }, async (t) => {
  const names = [
    ...["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"].map(
      (name) => `${name}.gz`,
    ),
  ];
  const real: Record<string, Buffer> = {
    "sample_weight.pkl": await readFile(join(bookWeights.folder!, "sample_weight.pkl")),
  };
  for (const name of names) {
    const gz = join(fullMnist.folder!, name);
    real[name] = await readFile(gz).catch(async () => gzipSync(await readFile(gz.replace(/\.gz$/, ""))));
  }
  const folder = await mkdtemp(join(tmpdir(), "dlfs-download-"));
  const mirror = await new Mirror(real).listen();
  t.after(async () => {
    await mirror.close();
    await rm(folder, { recursive: true });
  });
  const child = spawn(
    process.execPath,
    [
      "--require",
      "ts-node/register/transpile-only",
      join(root, "scripts", "data.ts"),
      "--folder",
      folder,
      "--mirror",
      mirror.folder("good"),
    ],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  const said = String(await buffer(child.stdout));
  assert.match(said, /All 5 files are in /);
  assert.equal((await withDlfsData(folder, () => loadMnist())).xTrain.shape[0], 60000);
});
