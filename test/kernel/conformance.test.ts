import assert from "node:assert/strict";
import path from "node:path";
import test, { after } from "node:test";
import { Workplace } from "./workplace";

const workplace = new Workplace();
after(() => workplace.remove());

test("Jupyter's conformance suite and its supplement pass, every test of them", async (context) => {
  const { status, stderr } = await workplace.python([path.join(__dirname, "conformance.py")], { KERNEL_NAME: "tslab" });
  const [summary = ""] = /^Ran \d+ tests?/m.exec(stderr) ?? [];
  context.diagnostic(`${summary}, ${stderr.trim().split("\n").at(-1)}`);
  assert.equal(status, 0, stderr);
  assert.match(stderr.trim().split("\n").at(-1)!, /^OK \(skipped=1\)$/); // the pager
});
