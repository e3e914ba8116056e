import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import type { SourceFile } from "typescript";
import { CellCompiler, cellOptions, NOTHING_KNOWN } from "../../kernel/src/compile";
import { libraryReader, loadCompiler } from "../../kernel/src/start/loadCompiler";
import { courseNotebooks, joined, readNotebook, type Cell } from "../../tools/notebook";
import { root } from "../../tools/root";
import { ownVersions } from "./ownVersions";

// The kernel compiles cells without `strict`. The cells of the course pass with it too, so that a reader can take any
// of them into a strict project. Its own compiler checks them, one after the other, as a running notebook does.

const { compiler, files } = loadCompiler();
const options = cellOptions(compiler, libraryReader(compiler));
const folder = join(root, "notebooks");
/** TypeScript's library and the declarations of packages, parsed once for all notebooks. */
const parsed = new Map<string, SourceFile>();

const open = (strict: boolean): CellCompiler =>
  new CellCompiler(compiler, { ...options, strict }, { ...files, folder }, { ...NOTHING_KNOWN, files: parsed });

/** What TypeScript has against the code cells under `strict`: for each one the cell's id, the line, the message. */
function complaints(cells: readonly Pick<Cell, "id" | "cell_type" | "source">[]): string[] {
  const [strict, lax] = [open(true), open(false)];
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .flatMap(({ id, source }) => {
      const compiled = strict.compile(joined(source));
      const found = compiled.diagnostics;
      // a cell that fails only under `strict` declares its names all the same, for the cells after it
      const declaring = found.length > 0 ? lax.compile(joined(source)) : compiled;
      for (const session of [strict, lax]) session.declare(declaring);
      return found.map(({ start, code, messageText }) => `${id}, line ${start.line + 1}: TS${code}: ${messageText}`);
    });
}

function keepParsed(): void {
  const { project } = open(true);
  const program = project.open(`import "dlfs";\nexport {};`, [], []).getProgram()!;
  for (const file of program.getSourceFiles())
    if (file.fileName.endsWith(".d.ts") && !file.fileName.startsWith(folder)) parsed.set(file.fileName, file);
}
keepParsed();

for (const name of courseNotebooks().filter((one) => !ownVersions().includes(one))) {
  test(`${name}: every cell passes the compiler with strict`, () => {
    assert.deepEqual(complaints(readNotebook(join(folder, name)).cells), []);
  });
}

test("a cell that passes only without strict is named, and the cells after it know what it has declared", () => {
  const cell = (id: string, source: string) => ({ id, cell_type: "code" as const, source });
  const found = complaints([
    cell("good", `import { np } from "dlfs";\nconst x = np.array([1, 2]);`),
    cell("any", `const found = { AND: 0 };\nfor (const gate in found) found[gate]++;`),
    cell("unknown", `try { np.dot(x, [1]); } catch (error) { console.log(error.message); }`),
    cell("null", `const count: number = null;`),
    cell("after", `const sum = found.AND + count + np.sum(x);\nawait Promise.resolve(sum);`),
    cell("again", `const x = "declared again";\nx.length + sum`),
  ]);
  assert.deepEqual(
    found.map((line) => /^.*?: TS\d+/.exec(line)?.[0]),
    ["any, line 2: TS7053", "unknown, line 1: TS18046", "null, line 1: TS2322"],
  );
});
