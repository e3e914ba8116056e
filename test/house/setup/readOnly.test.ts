import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { begin, checkout, end, posix, put, reader, run, type Outcome } from "./checkout";

/** Runs a command as somebody who may only read the checkout. */
async function runAsReader(folder: string, args: string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const places = [folder, join(folder, ".setup")];
  for (const place of places) chmodSync(place, 0o555);
  try {
    return await end(begin(folder, args, environment, reader));
  } finally {
    for (const place of places) chmodSync(place, 0o755);
  }
}

const probe = `const help = \`
npm run probe
\`;
const { env } = process;
require("node:fs").writeFileSync(env.DLFS_STATE + "/kept", "");
console.log([env.DLFS_STATE, env.DLFS_OUT, env.JUPYTER_RUNTIME_DIR, env.IPYTHONDIR, env.V8_COMPILE_CACHE_CACHE_DIR].join("\\n"));`;

/** A home for the reader, beside the checkout in its own folder. */
function home(t: TestContext): string {
  const folder = checkout(t);
  const path = join(folder, "home");
  mkdirSync(path);
  chmodSync(path, 0o777);
  chmodSync(folder, 0o755);
  return path;
}

test(
  "in a checkout that can only be read, what is kept goes to the user's own folder, and that is said",
  posix,
  async (t) => {
    const folder = checkout(t);
    const XDG_STATE_HOME = home(t);
    put(folder, "scripts/probe.ts", probe);
    await run(folder, ["build"]);
    const before = readdirSync(folder, { recursive: true }).length;
    const { code, printed } = await runAsReader(folder, ["probe"], { XDG_STATE_HOME });
    const state = join(XDG_STATE_HOME, "dlfs");
    assert.equal(code, 0, printed);
    assert.match(
      printed,
      new RegExp(`this checkout can only be read: what is kept goes to ${state}, executed notebooks to ${state}/out`),
    );
    assert.ok(
      printed.includes(
        [state, `${state}/out`, `${state}/jupyter/runtime`, `${state}/jupyter/ipython`, `${state}/v8-cache`].join("\n"),
      ),
      printed,
    );
    assert.ok(existsSync(join(state, "kept")));
    assert.equal(statSync(join(state, "jupyter", "runtime")).mode & 0o777, 0o700);
    assert.equal(readdirSync(folder, { recursive: true }).length, before);
  },
);

test("without XDG_STATE_HOME it is .local/state in the home folder", posix, async (t) => {
  const folder = checkout(t);
  const HOME = home(t);
  put(folder, "scripts/probe.ts", probe);
  await run(folder, ["build"]);
  const { code, printed } = await runAsReader(folder, ["probe"], { HOME });
  assert.equal(code, 0, printed);
  assert.ok(existsSync(join(HOME, ".local", "state", "dlfs", "kept")));
});

test("a checkout that can only be read and is not set up says who has to do what", posix, async (t) => {
  const folder = checkout(t);
  const XDG_STATE_HOME = home(t);
  mkdirSync(join(folder, ".setup"));
  const { code, printed } = await runAsReader(folder, ["build"], { XDG_STATE_HOME });
  assert.equal(code, 1);
  assert.match(
    printed,
    /can only be read by you, and this is missing in it.*npm packages.*: npm run build \(with the same Node\), or clone it into a folder of your own\n$/,
  );
});

test("a reader whose own folder cannot be written is told which variable names another", posix, async (t) => {
  const folder = checkout(t);
  put(folder, "scripts/probe.ts", probe);
  await run(folder, ["build"]);
  const { code, printed } = await runAsReader(folder, ["probe"], { XDG_STATE_HOME: "/proc/nowhere" });
  assert.equal(code, 1);
  assert.match(
    printed,
    /^\/proc\/nowhere\/dlfs cannot be made .*: set XDG_STATE_HOME to a folder that you may write\n$/,
  );
});
