import { numpyOneThread, dlfsOneThread, onNodes, withContenders, type Running } from "./contender";
import { more } from "./operations/more";
import type { Lines, Operation } from "./operations/operation";
import { recorded } from "./operations/recorded";
import { median, printTable, times } from "../tools/table";

export const measuresNodes = true;

/** A row that takes more than this many times NumPy's time is measured again with `out`, if it has such a form. */
const LIMIT = 8;

/** CPU seconds of one run: NumPy's, then those of dlfs under each Node. */
interface Row {
  readonly operation: Operation;
  readonly cpu: readonly number[];
}

/** Operations that a reader writes into cells, one thread beside one thread, in CPU time. */
export async function run(rounds = 7, nodes: readonly string[] = []): Promise<void> {
  await withContenders([numpyOneThread, ...onNodes(dlfsOneThread, nodes)], async (running) => {
    const names = running.slice(1).map(({ contender }) => contender.name);
    const rows = await measure(
      running,
      rounds,
      [...recorded, ...more].map((operation) => ({ operation, lines: operation.lines })),
    );
    const head = ["operation", "NumPy, µs", ...names.flatMap((name) => [`${name}, µs`, "ratio"])];
    printTable("Operations in a cell, CPU time of one thread", head, rows.map(asCells));
    printTable("Ratios to NumPy's time", ["", ...names], summary(rows));
    await measureInto(running, rounds, rows.filter(isPastLimit), head);
  });
}

/** Each line is run by all contenders in turn before the next, and all of them once before the first round. */
async function measure(
  running: readonly Running[],
  rounds: number,
  wanted: readonly { operation: Operation; lines: Lines; shape?: readonly number[] }[],
): Promise<Row[]> {
  const rows = wanted.map(({ operation }) => ({ operation, answers: running.map((): number[] => []) }));
  for (let round = -1; round < rounds; round++) {
    for (const [index, { lines, shape }] of wanted.entries()) {
      for (const [who, one] of running.entries()) {
        const line = who === 0 ? lines.numpy : lines.dlfs;
        const { cpu } = await one.ask<{ cpu: number }>("operation", { line, shape });
        if (round >= 0) rows[index].answers[who].push(cpu);
      }
    }
  }
  return rows.map(({ operation, answers }) => ({ operation, cpu: answers.map(median) }));
}

const ratios = ({ cpu: [numpy, ...dlfs] }: Row): number[] => dlfs.map((own) => own / numpy);
const isPastLimit = (row: Row): boolean => Math.max(...ratios(row)) > LIMIT;

function asCells(row: Row): string[] {
  const own = ratios(row);
  return [
    row.operation.name,
    microseconds(row.cpu[0]),
    ...own.flatMap((ratio, node) => [microseconds(row.cpu[node + 1]), times(ratio)]),
  ];
}

function microseconds(seconds: number): string {
  const value = seconds * 1e6;
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(value >= 0.1 ? 3 : 2);
}

function summary(rows: readonly Row[]): string[][] {
  const nodes = ratios(rows[0]).map((_, node) => node);
  const ofRows = (some: readonly Row[]) =>
    nodes.map((node) => times(geometricMean(some.map((row) => ratios(row)[node]))));
  const worst = nodes.map((node) => {
    const row = rows.reduce((one, other) => (ratios(other)[node] > ratios(one)[node] ? other : one));
    return `${row.operation.name}: ${times(ratios(row)[node])}`;
  });
  return [
    [`geometric mean of the first ${recorded.length}`, ...ofRows(rows.slice(0, recorded.length))],
    [`geometric mean of all ${rows.length}`, ...ofRows(rows)],
    ["worst row", ...worst],
    [`rows past ${LIMIT}`, ...nodes.map((node) => String(rows.filter((row) => ratios(row)[node] > LIMIT).length))],
  ];
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((total, value) => total + Math.log(value), 0) / values.length);
}

/** The rows past the limit again, with their result in an array that is there. */
async function measureInto(
  running: readonly Running[],
  rounds: number,
  rows: readonly Row[],
  head: readonly string[],
): Promise<void> {
  const wanted = rows.flatMap(({ operation }) =>
    operation.into === undefined ? [] : [{ operation, ...operation.into }],
  );
  if (wanted.length > 0) {
    const heading = `The rows past ${LIMIT} with their result in an array that is there (\`out\`)`;
    printTable(heading, head, (await measure(running, rounds, wanted)).map(asCells));
  }
  const others = rows.filter(({ operation }) => operation.into === undefined).map(({ operation }) => operation.name);
  if (others.length > 0) console.log(`\nPast ${LIMIT} and without a form with \`out\`: ${others.join("; ")}.`);
}
