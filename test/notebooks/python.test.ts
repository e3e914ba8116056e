import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { blas, np, plots, random } from "../../lib/src";
import { joined, outputLines, readNotebook, type Cell } from "../../tools/notebook";
import { root, venvPython } from "../../tools/root";
import { ownVersions } from "./ownVersions";

// Notebook 0 shows lines of Python, and beside them a cell that does the same: both must print the same.

const name = "0-arrays-and-plots.ipynb";
const { cells } = readNotebook(join(root, "notebooks", name));
const skip = ownVersions().includes(name) && "the notebook is a version of the reader's own";
const FENCE = /^```python\n([^]*?)^```$/gm;

interface Pair {
  python: string;
  cell: Cell;
}

/** The Python in the text before a cell, and this cell. matplotlib is not among our packages. */
const pairs: Pair[] = cells.flatMap((cell, i) => {
  const fences = cell.cell_type === "markdown" ? [...joined(cell.source).matchAll(FENCE)] : [];
  return fences.filter(([, python]) => !python.includes("plt.")).map(([, python]) => ({ python, cell: cells[i + 1] }));
});

/** Runs each text, with the variables of those before it; like a notebook, shows the value of a last expression. */
const PROGRAM = `
import ast, contextlib, io, json, sys
import numpy as np
names, printed = {"np": np}, []
for code in json.load(sys.stdin):
    *statements, last = ast.parse(code).body
    if not isinstance(last, ast.Expr): statements, last = [*statements, last], None
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(ast.Module(statements, []), "cell", "exec"), names)
        value = last and eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        if value is not None: print(repr(value))
    printed.append(out.getvalue())
json.dump(printed, sys.stdout)
`;

test("a cell prints what the Python beside it prints", { skip }, () => {
  assert.ok(pairs.length > 10, `only ${pairs.length} pairs were found: the search is broken`);
  const input = JSON.stringify(pairs.map(({ python }) => python));
  const { status, stdout, stderr } = spawnSync(venvPython, ["-I", "-c", PROGRAM], { input, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  for (const [i, printed] of (JSON.parse(stdout) as string[]).entries()) {
    const { cell } = pairs[i];
    const shown = (cell.outputs ?? []).flatMap(outputLines).join("\n");
    assert.equal(shown, printed.trimEnd(), `cell ${cell.id}`);
  }
});

test("every function that its text names is there", { skip }, () => {
  const library: Record<string, object> = { np, random, blas, plots };
  const prose = cells.filter(({ cell_type }) => cell_type === "markdown").map(({ source }) => joined(source));
  // what is Python's: fences, and the first column of the list
  const text = prose
    .join("\n")
    .replace(FENCE, "")
    .replace(/^\| .*? \| /gm, "");
  const named = [...text.matchAll(/\b(np|random|blas|plots)\.([a-zA-Z]\w*)\(/g)];
  assert.ok(named.length > 20, `only ${named.length} names were found: the search is broken`);
  assert.deepEqual(
    named.filter(([, namespace, word]) => !(word in library[namespace])).map(([call]) => call),
    [],
  );
});
