import { checkFunction, checkOptions, checkSwitch, checkTexts, shortly } from "../checks";
import { areaColours, checkClasses, classChannels, distinct, pointMark, wholeNumbers } from "./classes";
import { strips, type Strip } from "./classStrips";
import { frameOf, type Frame } from "./frame";
import { Plot } from "./plot";
import { checkRange, extent, widened, type Range } from "./range";
import { grouped, pointsText } from "./reduction";
import { pairsOf, sameLength, short, type Numbers, type Rows } from "./values";

/** A function of two numbers that returns the number of a class; a gate has the classes 0 and 1. */
export type Gate = (x1: number, x2: number) => number;

/** The options of `plots.decisionBoundary`. */
export interface DecisionBoundaryOptions {
  /** Points that are drawn over the areas: shape (N,2), or one row `[x1, x2]` for each. */
  readonly points?: Rows;
  /** The class of each point. */
  readonly labels?: Numbers;
  /** The ends of the first input's axis; by default all points are in the picture; without points, -0.5 to 1.5. */
  readonly x?: Range;
  /** The ends of the second input's axis. */
  readonly y?: Range;
  /** Whether both axes have the same scale; by default so, unless one range is more than three times the other. */
  readonly equalScales?: boolean;
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title of the vertical axis. */
  readonly yTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

/** A point and its class: of the truth table what the gate gives, of a reader's own points their label. */
interface Marked {
  readonly x1: number;
  readonly x2: number;
  readonly label: number;
}

/** Of the longer side: that of plots.scatter, if there are points. */
const SIZE = { alone: 260, withPoints: 360 };
const DEFAULTS = { xTitle: "x1", yTitle: "x2" };
const OPTIONS = ["points", "labels", "x", "y", "equalScales", ...Object.keys(DEFAULTS), "title"];
const GATE_RANGE: Range = [-0.5, 1.5];
const GATE_INPUTS = [
  { x1: 0, x2: 0 },
  { x1: 0, x2: 1 },
  { x1: 1, x2: 0 },
  { x1: 1, x2: 1 },
];

/**
 * Plots which inputs a function puts into which class: the plane of its two inputs with an area for each class, and
 * points on it. Without points, a function that gives 0 and 1 is taken for a gate: the four inputs of its truth table
 * are marked.
 *
 * @param gate - a function of two numbers that gives the number of a class, which may use np; it is called for points
 * all over the plane
 * @param options - `points`, `labels`, `x`, `y`, `equalScales`, `xTitle`, `yTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError if the function gives something else than a whole number, or more than 20 of them, there are not
 * as many labels as points, or the ends of an axis are not a range
 * @example
 * plots.decisionBoundary(xorGate).description;
 * // "Where the gate xorGate fires, x1 from -0.5 to 1.5 and x2 from -0.5 to 1.5: 0 0 gives 0, 0 1 gives 1, ..."
 * const net = new TwoLayerNet(2, 10, 3);
 * const points = [[0, 0], [1, 0], [0, 1]];
 * plots.decisionBoundary((x1, x2) => np.argmax(net.predict(np.array([x1, x2]))), { points, labels: [0, 1, 2] })
 */
export function decisionBoundary(gate: Gate, options: DecisionBoundaryOptions = {}): Plot {
  checkOptions("decisionBoundary", options, OPTIONS);
  checkTexts("decisionBoundary", options, ["xTitle", "yTitle", "title"]);
  checkSwitch("decisionBoundary", "equalScales", options.equalScales);
  const { xTitle = DEFAULTS.xTitle, yTitle = DEFAULTS.yTitle, title } = options;
  const ask = checked(gate);
  const given = readPoints(options);
  const [x, y] = readRanges(options, given);
  const answers = (given ?? GATE_INPUTS).map(({ x1, x2 }) => ({ x1, x2, label: ask(x1, x2) }));
  const frame = frameOf(x, y, given === undefined ? SIZE.alone : SIZE.withPoints, options.equalScales);
  const areas = strips(ask, x, y, frame);
  const found = distinct([...areas, ...answers, ...(given ?? [])].map(({ label }) => label));
  const isGate = found.every((label) => label === 0 || label === 1);
  const classes = isGate ? [0, 1] : found;
  checkClasses("decisionBoundary", "gate", classes);
  const isTable = given === undefined && isGate;
  const marked = given ?? (isTable ? answers : []);
  const points = pointLayer(marked, classes, xTitle, yTitle, isTable ? "output" : "class");
  const spec = {
    title,
    ...frame,
    encoding: { x: axis("x", xTitle, x), y: axis("y", yTitle, y) },
    layer: [plane(classes, x, y), others(areas, classes, y, frame), points],
  };
  const where = `${xTitle} from ${short(x[0])} to ${short(x[1])} and ${yTitle} from ${short(y[0])} to ${short(y[1])}`;
  const text = isTable
    ? `Where the gate${gate.name && ` ${gate.name}`} fires, ${where}: ${tableText(answers)}.`
    : `Areas of the classes of ${gate.name || "a function"}, ${where}: ${areasText(areas, classes)}` +
      `${given === undefined ? "" : rightText(answers, given)}.`;
  return new Plot(spec, text, "decision-boundary");
}

function checked(gate: Gate): Gate {
  checkFunction("decisionBoundary", "gate", gate);
  return (x1, x2) => {
    const output = gate(x1, x2);
    if (!Number.isSafeInteger(output))
      throw new RangeError(
        `decisionBoundary: gate(${short(x1)}, ${short(x2)}) = ${shortly(output)}: wanted a class, a whole number`,
      );
    return output;
  };
}

function readPoints({ points, labels }: DecisionBoundaryOptions): Marked[] | undefined {
  if (points === undefined && labels === undefined) return undefined;
  if (points === undefined || labels === undefined)
    throw new TypeError(
      `decisionBoundary: ${points === undefined ? "labels without points" : "points without labels"}: wanted both`,
    );
  const places = pairsOf("decisionBoundary", "points", points);
  const classes = wholeNumbers("decisionBoundary", "labels", labels);
  sameLength("decisionBoundary", { points: places.length, labels: classes.length });
  return places.map(([x1, x2], i) => ({ x1, x2, label: classes[i] }));
}

function readRanges(options: DecisionBoundaryOptions, points: readonly Marked[] | undefined): [Range, Range] {
  const around = (values: readonly number[] | undefined): Range =>
    values === undefined ? GATE_RANGE : widened(extent(values), 0.1);
  const { x = around(points?.map(({ x1 }) => x1)), y = around(points?.map(({ x2 }) => x2)) } = options;
  checkRange("decisionBoundary", "x", x);
  checkRange("decisionBoundary", "y", y);
  return [x, y];
}

function axis(field: string, title: string, domain: Range): object {
  return {
    field,
    type: "quantitative",
    title,
    scale: { domain, nice: false, zero: false },
    axis: { grid: false, tickCount: 5 },
  };
}

/** The whole plane in the colour of the first class, over which the areas of the others are drawn. */
function plane(classes: readonly number[], x: Range, y: Range): object {
  return {
    data: { values: [{ x: x[0], x2: x[1], y: y[0], y2: y[1] }] },
    mark: { type: "rect", color: areaColours(classes)[0] },
    encoding: { x2: { field: "x2" }, y2: { field: "y2" } },
  };
}

function others(areas: readonly Strip[], classes: readonly number[], y: Range, frame: Frame): object {
  const height = (y[1] - y[0]) / frame.height;
  return {
    data: { values: classes.slice(1).map((label) => columnsOf(label, areas)) },
    // a little higher than a row, so that no gap is visible between rows
    transform: [
      { flatten: ["row", "from", "to"] },
      { calculate: `${y[0]} + datum.row * ${height}`, as: "y" },
      { calculate: `min(datum.y + ${1.5 * height}, ${y[1]})`, as: "y2" },
    ],
    mark: { type: "rect" },
    encoding: {
      x: { field: "from", type: "quantitative" },
      x2: { field: "to" },
      y2: { field: "y2" },
      fill: {
        field: "label",
        type: "nominal",
        legend: null,
        scale: { domain: classes, range: areaColours(classes) },
      },
    },
  };
}

/** The strips of a class as one row of data, which Vega unfolds: less text than a row for each strip. */
function columnsOf(label: number, areas: readonly Strip[]): object {
  const own = areas.filter((strip) => strip.label === label);
  return { label, row: own.map(({ row }) => row), from: own.map(({ from }) => from), to: own.map(({ to }) => to) };
}

function pointLayer(
  points: readonly Marked[],
  classes: readonly number[],
  xTitle: string,
  yTitle: string,
  field: string,
): object {
  const rounded = points.map(({ x1, x2, label }) => ({ x1: short(x1), x2: short(x2), [field]: String(label) }));
  return {
    data: { values: rounded },
    mark: pointMark(points.length),
    encoding: {
      x: { field: "x1", type: "quantitative" },
      y: { field: "x2", type: "quantitative" },
      ...classChannels(field, classes, field),
      tooltip: [{ field: "x1", title: xTitle }, { field: "x2", title: yTitle }, { field }],
    },
  };
}

function tableText(answers: readonly Marked[]): string {
  return answers.map(({ x1, x2, label }) => `${x1} ${x2} gives ${label}`).join(", ");
}

/** The share of the plane that each class has. */
function areasText(areas: readonly Strip[], classes: readonly number[]): string {
  const size = (strips: readonly Strip[]): number => strips.reduce((sum, { from, to }) => sum + to - from, 0);
  const whole = size(areas);
  const share = (name: number): number => (100 * size(areas.filter(({ label }) => label === name))) / whole;
  return classes.map((name) => `class ${name} has ${share(name).toFixed(0)}%`).join(", ");
}

/** How many of a reader's points lie in the area of their class. */
function rightText(answers: readonly Marked[], given: readonly Marked[]): string {
  const right = given.filter(({ label }, i) => label === answers[i].label).length;
  return `; ${grouped(right)} of ${pointsText(given.length)} lie in the area of their class`;
}
