import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import test from "node:test";
import { seed, seeded } from "../seed";

test(seeded("10,400 mutated IDX, pickle, .npy and .npz files are each read right or refused by name"), () => {
  // a process of its own, with little memory: a file that would take all of it ends that process and fails this test
  const result = spawnSync(
    process.execPath,
    ["--max-old-space-size=256", "--require", "ts-node/register/transpile-only", resolve(__dirname, "fuzz.ts")],
    {
      encoding: "utf8",
      timeout: 300_000,
      env: { ...process.env, DLFS_FUZZ_SEED: String(seed) },
    },
  );
  const said = `${result.stdout}${result.stderr}`;
  console.log(said.trim());
  assert.equal(result.status, 0, said);
  assert.match(result.stdout, /2600 idx.*2600 pickle.*2600 npy.*2600 npz/s);
});
