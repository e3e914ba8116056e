import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../tools/root";
import { Workplace } from "./workplace";

const README = path.join(root, "kernel", "README.md");
const BEGIN = "<!-- conformance: begin -->";
const END = "<!-- conformance: end -->";

type Results = Map<string, string>;

/** Runs the conformance suite on this kernel and on stock tslab and writes the table in kernel/README.md. */
export async function make(): Promise<void> {
  const workplace = new Workplace();
  try {
    const ours = await results(workplace, "tslab");
    const stock = await results(workplace, "stock");
    const rows = [...ours].map(([name, result]) => `| ${name} | ${result} | ${stock.get(name) ?? "no answer"} |`);
    const table = ["| test | this kernel | stock tslab |", "|---|---|---|", ...rows].join("\n");
    console.log(table);
    replaceTable(table);
  } finally {
    workplace.remove();
  }
}

async function results(workplace: Workplace, kernel: string): Promise<Results> {
  const { stderr } = await workplace.python([path.join(__dirname, "conformance.py")], { KERNEL_NAME: kernel });
  const found: Results = new Map();
  for (const [, name, result] of stderr.matchAll(/^test_(\w+) \(.*?\) \.\.\.\s*(.*)$/gm)) found.set(name, word(result));
  // A test with failing subtests has no result of its own on its line.
  for (const [, word, name] of stderr.matchAll(/^(FAIL|ERROR): test_(\w+) /gm)) {
    found.set(name, word === "FAIL" ? "**fails**" : "**error**");
  }
  return found;
}

function word(result: string): string {
  if (result.startsWith("ok")) return "passes";
  return result.startsWith("skipped") ? "not applicable" : "**fails**";
}

function replaceTable(table: string): void {
  const text = readFileSync(README, "utf8");
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest.split(END);
  writeFileSync(`${README}.new`, `${before}${BEGIN}\n${table}\n${END}${after}`);
  renameSync(`${README}.new`, README);
}
