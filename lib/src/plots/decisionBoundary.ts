import { checkFunction, checkOptions, checkTexts, shortly } from "../checks";
import { Plot } from "./plot";
import { checkRange, spread, type Range } from "./range";
import { palette } from "./theme";
import { short } from "./values";

/** A function of two numbers that returns 0 or 1. */
export type Gate = (x1: number, x2: number) => number;

/** The options of `plots.decisionBoundary`. */
export interface DecisionBoundaryOptions {
  /** The ends of the first input's axis; -0.5 to 1.5 by default. */
  readonly x?: Range;
  /** The ends of the second input's axis. */
  readonly y?: Range;
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title of the vertical axis. */
  readonly yTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

/** A part of a row of pixels in which the gate gives 1. */
interface Strip {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

const SIZE = 260;
const COLUMNS = 65;
const BISECTIONS = 12;
const DEFAULTS = { x: [-0.5, 1.5] as Range, y: [-0.5, 1.5] as Range, xTitle: "x1", yTitle: "x2" };
const INPUTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/**
 * Plots for which inputs a gate gives 1: the plane of its two inputs in two colours, with the four inputs of its truth
 * table marked.
 *
 * @param gate - a function of two numbers that gives 0 or 1; it is called for points all over the plane
 * @param options - `x`, `y`, `xTitle`, `yTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError if the gate gives another value than 0 or 1, or the ends of an axis are not a range
 * @example
 * plots.decisionBoundary(xorGate).description;
 * // "Where the gate xorGate fires, x1 from -0.5 to 1.5 and x2 from -0.5 to 1.5: 0 0 gives 0, 0 1 gives 1, ..."
 */
export function decisionBoundary(gate: Gate, options: DecisionBoundaryOptions = {}): Plot {
  checkOptions("decisionBoundary", options, ["x", "y", "xTitle", "yTitle", "title"]);
  checkTexts("decisionBoundary", options, ["xTitle", "yTitle", "title"]);
  const { x = DEFAULTS.x, y = DEFAULTS.y, xTitle = DEFAULTS.xTitle, yTitle = DEFAULTS.yTitle } = options;
  checkRange("decisionBoundary", "x", x);
  checkRange("decisionBoundary", "y", y);
  const ask = checked(gate);
  const truth = INPUTS.map(([x1, x2]) => ({ x1, x2, output: String(ask(x1, x2)) }));
  const spec = {
    title: options.title,
    width: SIZE,
    height: SIZE,
    encoding: { x: axis("x", xTitle, x), y: axis("y", yTitle, y) },
    layer: [plane("0", x, y), firing(strips(ask, x, y), y), inputs(truth, xTitle, yTitle)],
  };
  return new Plot(spec, describe(gate.name, truth, x, y, xTitle, yTitle), "decision-boundary");
}

function checked(gate: Gate): Gate {
  checkFunction("decisionBoundary", "gate", gate);
  return (x1, x2) => {
    const output = gate(x1, x2);
    if (output !== 0 && output !== 1)
      throw new RangeError(`decisionBoundary: gate(${x1}, ${x2}) = ${shortly(output)}: wanted 0 or 1`);
    return output;
  };
}

/** The strips of all rows, with one row for each pixel, so that a slanting boundary looks like a line. */
function strips(gate: Gate, x: Range, y: Range): Strip[] {
  const height = (y[1] - y[0]) / SIZE;
  return Array.from({ length: SIZE }, (_, row) => row).flatMap((row) => {
    const changes = crossings((x1) => gate(x1, y[0] + (row + 0.5) * height), x);
    return changes.filter((_, i) => i % 2 === 0).map((from, i) => ({ row, from, to: changes[2 * i + 1] }));
  });
}

/** The ends of the intervals in which f is 1: begin, end, begin, end ... */
function crossings(f: (x: number) => number, x: Range): number[] {
  const places = spread(x, COLUMNS);
  const outputs = places.map(f);
  const inner = places.slice(1).flatMap((to, i) => (outputs[i] === outputs[i + 1] ? [] : [bisect(f, places[i], to)]));
  return [...(outputs[0] === 1 ? [x[0]] : []), ...inner, ...(outputs.at(-1) === 1 ? [x[1]] : [])];
}

function bisect(f: (x: number) => number, low: number, high: number): number {
  const before = f(low);
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (f(middle) === before) low = middle;
    else high = middle;
  }
  return Number(((low + high) / 2).toFixed(4));
}

function axis(field: string, title: string, domain: Range): object {
  return {
    field,
    type: "quantitative",
    title,
    scale: { domain, nice: false, zero: false },
    axis: { tickMinStep: 0.5, grid: false },
  };
}

function plane(output: string, x: Range, y: Range): object {
  return {
    data: { values: [{ x: x[0], x2: x[1], y: y[0], y2: y[1], output }] },
    mark: { type: "rect", color: "#fbe9dc" },
    encoding: { x2: { field: "x2" }, y2: { field: "y2" } },
  };
}

function firing(values: readonly Strip[], y: Range): object {
  const height = (y[1] - y[0]) / SIZE;
  return {
    data: { values },
    // a little higher than a row, so that no gap is visible between rows
    transform: [
      { calculate: `${y[0]} + datum.row * ${height}`, as: "y" },
      { calculate: `min(datum.y + ${1.5 * height}, ${y[1]})`, as: "y2" },
    ],
    mark: { type: "rect", color: "#cbe2f1" },
    encoding: { x: { field: "from", type: "quantitative" }, x2: { field: "to" }, y2: { field: "y2" } },
  };
}

function inputs(values: readonly object[], xTitle: string, yTitle: string): object {
  const domain = ["0", "1"];
  const legend = { title: "output", orient: "right", symbolSize: 120 };
  return {
    data: { values },
    mark: { type: "point", filled: true, size: 140, opacity: 1, stroke: "white", strokeWidth: 1 },
    encoding: {
      x: { field: "x1", type: "quantitative" },
      y: { field: "x2", type: "quantitative" },
      color: { field: "output", type: "nominal", legend, scale: { domain, range: [palette.vermillion, palette.blue] } },
      shape: { field: "output", type: "nominal", legend, scale: { domain, range: ["square", "circle"] } },
      tooltip: [{ field: "x1", title: xTitle }, { field: "x2", title: yTitle }, { field: "output" }],
    },
  };
}

function describe(
  caller: string,
  truth: readonly { x1: number; x2: number; output: string }[],
  x: Range,
  y: Range,
  xTitle: string,
  yTitle: string,
): string {
  const table = truth.map(({ x1, x2, output }) => `${x1} ${x2} gives ${output}`).join(", ");
  const ranges = `${xTitle} from ${short(x[0])} to ${short(x[1])} and ${yTitle} from ${short(y[0])} to ${short(y[1])}`;
  return `Where the gate${caller === "" ? "" : ` ${caller}`} fires, ${ranges}: ${table}.`;
}
