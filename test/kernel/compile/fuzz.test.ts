import assert from "node:assert/strict";
import test from "node:test";
import { format } from "node:util";
import ts from "typescript";
import { Session } from "./session";

/**
 * Random programs: cut into cells they print what they print in one piece, and functions of earlier cells see what a
 * simple model says. DLFS_FUZZ_SEED makes others.
 */

const SEED = Number(process.env.DLFS_FUZZ_SEED ?? 1);
const PROGRAMS = 15;
const STATEMENTS = 24;

class Random {
  constructor(private state: number) {}

  /** A whole number below `limit`: mulberry32. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }
}

/** Writes statements that use the names of those before. */
class Program {
  readonly statements = ["let v0: any = 1; var w0: any = 2; const fs: any[] = [];"];
  private readonly variables = ["v0", "w0"];
  private readonly callables = ["Math.abs"];
  private readonly readable = ["v0", "w0", "fs.length"];
  private count = 0;

  constructor(private readonly random: Random) {
    while (this.statements.length < STATEMENTS) this.statements.push(this.statement(), this.print());
  }

  private value(): string {
    const { random } = this;
    const simple = () => (random.below(2) === 0 ? String(random.below(9)) : random.pick(this.readable));
    const made = [
      simple,
      () => `(${simple()} ${random.pick(["+", "-", "*"])} ${simple()}) % 997`,
      () => `${random.pick(this.callables)}(${simple()})`,
    ];
    return random.pick(made)();
  }

  private assignment(): string {
    const [a, b] = [this.random.pick(this.variables), this.random.pick(this.variables)];
    const value = this.value();
    return this.random.pick([
      `${a} = ${value};`,
      `${a} += ${value};`,
      `${a}++;`,
      `[${a}, ${b}] = [${b}, ${value}];`,
      `({ ${a} } = { ${a}: ${value} });`,
      `({ x: ${a} = ${value} } = {} as any);`,
      `${a} ??= ${value};`,
      `${a} ||= ${value};`,
      `for (${a} of [1, ${value}]);`,
      `try { throw ${value}; } catch (e) { ${a} = e; }`,
      `((p = (${a} = ${value})) => p)();`,
    ]);
  }

  private statement(): string {
    const { random } = this;
    const [n, value, assignment, v] = [++this.count, this.value(), this.assignment(), random.pick(this.variables)];
    switch (random.below(14)) {
      case 0:
        return this.declare(`v${n}`, `${random.pick(["let", "var"])} v${n}: any = ${value};`);
      case 1:
        return this.callable(`f${n}`, `function f${n}(p: any) { ${assignment} return p + ${value}; }`);
      case 2:
        return this.callable(`c${n}`, `const c${n} = (p: any) => { ${assignment} return ${v} - p; };`);
      case 3:
        return `for (let i = 0; i < 3; i++) { fs.push(() => i + ${v}); ${assignment} }`;
      case 4:
        return this.declare(`j${n}`, `for (var j${n}: any = 0; j${n} < 3; j${n}++) fs.push(() => j${n} + ${v});`);
      case 5:
        return this.callable(
          `C${n}.make`,
          `class C${n} { x = ${v}; static s: any = ${value}; static { ${assignment} } ` +
            `static make(p: any) { C${n}.s += p; return new C${n}().x + C${n}.s; } }`,
        );
      case 6:
        return this.declare(`d${n}`, `var { d${n} = ${value}, ...r${n} }: any = { z: ${v} };`);
      case 7:
        return `{ let ${v}: any = ${random.below(9)}; { ${assignment} } }`;
      case 8:
        return `((${v}: any) => { ${assignment} })(${value});`;
      case 9:
        return this.declare(
          `k${n}`,
          `outer: for (var [k${n}, l${n}] of [[${value}, 2], [3, ${v}]] as any) { for (;;) continue outer; }`,
        );
      case 10:
        return this.callable(`g${n}`, `function g${n}(p: any): any { return p > 2 ? g${n}(p % 3) : ${v} + p; }`);
      case 11:
        return this.callable(
          `N${n}.f`,
          `namespace N${n} { export let s: any = ${value}; ` +
            `export function f(p: any) { ${assignment} return s += p + ${v}; } }`,
        );
      case 12:
        return `if (${value} > 3) { ${assignment} } else { ${this.assignment()} }`;
      default:
        return assignment;
    }
  }

  private declare(name: string, statement: string): string {
    this.variables.push(name);
    this.readable.push(name);
    return statement;
  }

  private callable(name: string, statement: string): string {
    this.callables.push(name);
    return statement;
  }

  private print(): string {
    const { random } = this;
    const value = this.value();
    const call = `${random.pick(this.callables)}(${this.value()})`;
    return `console.log(${value}, ${call}, { ${random.pick(this.variables)} }, fs.map((f) => f()));`;
  }
}

function runWhole(source: string): string[] {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, alwaysStrict: true },
  });
  const printed: string[] = [];
  new Function("console", "exports", outputText)(
    { log: (...values: unknown[]) => printed.push(format(...values)) },
    {},
  );
  return printed;
}

function cut(statements: readonly string[], random: Random): string[] {
  const cells = [""];
  for (const statement of statements) {
    if (random.below(3) === 0) cells.push(statement);
    else cells[cells.length - 1] += `\n${statement}`;
  }
  return cells;
}

const session = new Session();

for (let number = 0; number < PROGRAMS; number++) {
  test(`program ${number} of seed ${SEED} prints the same in cells as in one piece`, async () => {
    const random = new Random(SEED * 1000 + number);
    const { statements } = new Program(random);
    const cells = cut(statements, random);
    const printed: string[] = [];
    for (const cell of cells) {
      const ran = await session.run(cell);
      assert.deepEqual(
        [ran.diagnostics.map(({ messageText }) => messageText), ran.thrown],
        [[], undefined],
        cells.join("\n// ----\n"),
      );
      printed.push(...ran.printed);
    }
    assert.ok(printed.length > 5);
    assert.deepEqual(printed, runWhole(statements.join("\n")), cells.join("\n// ----\n"));
  });
}

/** What a name stands for: a value, or a function that gives those of other names. */
type Meaning = number | string[];

function meaningOf(model: ReadonlyMap<string, Meaning>, name: string): unknown {
  const meaning = model.get(name)!;
  return Array.isArray(meaning) ? meaning.map((other) => meaningOf(model, other)) : meaning;
}

/** A cell that gives `name` a new meaning, in one of the ways there are. */
function redefine(random: Random, name: string, value: number): string {
  return random.pick([
    `let ${name}: any = ${value};`,
    `var ${name}: any = ${value};`,
    `const { ${name} }: any = { ${name}: ${value} };`,
    `let [${name}]: any = [${value}];`,
    `let ${name}: any; ${name} = ${value};`,
    `for (var ${name} of [${value}] as any);`,
    `let ${name}: any = 0; (() => { ${name} = ${value}; })();`,
    `export let ${name}: any = ${value};`,
    `declare let ${name}: any; ${name} = ${value};`,
  ]);
}

test(`functions see the newest meaning of each name, as a model of seed ${SEED} says`, async () => {
  const random = new Random(SEED * 1000 + 999);
  const model = new Map<string, Meaning>([
    ["a", 1],
    ["b", 2],
    ["c", 3],
  ]);
  const own = new Session();
  await own.value(
    "let a: any = 1, b: any = 2, c: any = 3; const read = (x: any) => (typeof x === 'function' ? x() : x);",
  );
  for (let step = 0; step < 40; step++) {
    // A name stands for a function of names before it in the alphabet, so that none calls itself.
    const name = random.pick(["a", "b", "c", "d", "e", "f"]);
    const known = [...model.keys()].filter((other) => other < name).sort();
    if (name > "c" && (random.below(3) > 0 || !model.has(name))) {
      const parts = [random.pick(known), random.pick(known)];
      model.set(name, parts);
      const body = `[${parts.map((part) => `read(${part})`).join(", ")}]`;
      await own.value(
        random.pick([
          `function ${name}(): any { return ${body}; }`,
          `let ${name}: any = () => ${body};`,
          `var ${name}: any = function () { return ${body}; };`,
        ]),
      );
    } else {
      model.set(name, step);
      await own.value(redefine(random, name, step));
    }
    const names = [...model.keys()];
    assert.deepEqual(
      await own.value(`[${names.map((each) => `read(${each})`).join(", ")}]`),
      names.map((each) => meaningOf(model, each)),
      `${names.join()} after step ${step}`,
    );
  }
});
