import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderPng } from "../lib/src/plots/render";
import { palette, theme } from "../lib/src/plots/theme";
import { dlfsOneThread, type Running, withContenders } from "./contender";
import { duration, median, printTable } from "../tools/table";

const BATCHES = [1, 3, 10, 30, 100, 300, 1000, 3000, 10000];
const HIDDEN = [10, 20, 30, 50, 51, 100, 200, 300, 500, 1000];
/** Rows times hidden units that one measurement works through. */
const WORK = 1e6;
const ROWS = 10000;

interface Point {
  x: number;
  seconds: number;
  series: string;
}

/**
 * Time of an iteration, its loss included, against the batch and against the hidden units: a cliff would show as a
 * step.
 */
export async function run(): Promise<void> {
  const points = await withContenders([dlfsOneThread], async ([one]) => {
    await one.ask("load");
    const byBatch = await series(one, "batch size (hidden 50)", BATCHES, (batchSize) => ({ batchSize, hidden: 50 }));
    return [
      ...byBatch,
      ...(await series(one, "hidden units (batch 100)", HIDDEN, (hidden) => ({ batchSize: 100, hidden }))),
    ];
  });
  printTable(
    "Time of an iteration against the work in it",
    ["what varies", "value", "one iteration", "per row and hidden unit"],
    points.map(({ series, x, seconds }) => [
      series,
      String(x),
      duration(seconds),
      duration(seconds / (x * (series.startsWith("batch") ? 50 : 100))),
    ]),
  );
  writeFileSync(join(__dirname, "scaling.png"), (await renderPng(chart(points))).png);
  console.log("\nDrawn in bench/scaling.png.");
}

async function series(
  one: Running,
  name: string,
  values: readonly number[],
  sizes: (value: number) => { batchSize: number; hidden: number },
): Promise<Point[]> {
  const points: Point[] = [];
  for (const x of values) {
    const { batchSize, hidden } = sizes(x);
    const iterations = Math.max(3, Math.min(2000, Math.round(WORK / (batchSize * hidden))));
    const difference = [];
    for (let round = 0; round < 3; round++) {
      // the same evaluation and set-up in both, so that the difference is iterations alone
      const few = await one.ask<{ seconds: number }>("training", {
        iterations: 1,
        batchSize,
        hidden,
        evaluateEvery: 1e6,
        rows: ROWS,
      });
      const many = await one.ask<{ seconds: number }>("training", {
        iterations: 1 + iterations,
        batchSize,
        hidden,
        evaluateEvery: 1e6,
        rows: ROWS,
      });
      difference.push((many.seconds - few.seconds) / iterations);
    }
    points.push({ x, seconds: median(difference), series: name });
  }
  return points;
}

function chart(points: Point[]) {
  const values = points.map(({ seconds, ...point }) => ({ ...point, milliseconds: 1000 * seconds }));
  const range = [palette.blue, palette.vermillion];
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    width: 420,
    height: 300,
    data: { values },
    config: theme,
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "x", type: "quantitative", scale: { type: "log" }, title: "batch size, or hidden units" },
      y: { field: "milliseconds", type: "quantitative", scale: { type: "log" }, title: "milliseconds an iteration" },
      color: {
        field: "series",
        type: "nominal",
        title: null,
        scale: { range },
        legend: { orient: "top-left", labelLimit: 0 },
      },
    },
  };
}
