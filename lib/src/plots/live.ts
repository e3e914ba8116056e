import { checkNumber, checkOptions, checkTexts, got } from "../checks";
import { lossOf, Output, Pace, withoutParams, type StepListener } from "../display";
import { ACCURACY_LINES, accuracyChannels, accuracyPoints } from "./accuracyChannels";
import { GrowingLine } from "./growingLine";
import { lossColour } from "./lossChannels";
import { Plot } from "./plot";
import { grouped, type Line } from "./reduction";
import { loadRenderer } from "./render";
import { short } from "./values";

/** A plot of a training while it runs. train() calls its functions. */
export interface LivePlot {
  /** Adds the loss of an iteration. */
  readonly onProgress: StepListener;
  /** Adds the accuracies of an evaluation. */
  onEvaluate(this: void, evaluation: LiveAccuracy): void;
  /** Draws the last state, with the static picture for the saved notebook. */
  finish(this: void): Promise<void>;
}

/** The values of an evaluation that a live plot draws. */
export interface LiveAccuracy {
  /** The iteration after which the evaluation was done, from 0. */
  readonly iteration: number;
  /** On the whole training set, from 0 to 1. */
  readonly trainAccuracy: number;
  /** On the whole test set, from 0 to 1. */
  readonly testAccuracy: number;
}

/** The options of `plots.live`. */
export interface LiveOptions {
  /** The title above the plot. */
  readonly title?: string;
}

/** The most points of the mean. If there are more losses, each point is the mean of several successive losses. */
const MOST_MEANS = 400;
const WIDTH = 260;
const HEIGHT = 220;

/**
 * Plots loss and accuracy while the training runs. The plot is one output of the cell, which is redrawn at most ten
 * times a second; drawing takes at most 1% of the time. If there are more than 400 losses, their mean is drawn too; if
 * there are more than the picture has pixels for, those that give the same picture.
 *
 * @param options - `title`
 * @returns a plot whose `onProgress`, `onEvaluate` and `finish` are called while the training runs
 * @example
 * const view = plots.live();
 * await train(network, mnist, { onProgress: view.onProgress, onEvaluate: view.onEvaluate, signal: interruptSignal() });
 * await view.finish();
 */
export function live(options: LiveOptions = {}): LivePlot {
  checkOptions("live", options, ["title"]);
  checkTexts("live", options, ["title"]);
  const output = new Output();
  // loaded now and not at the end, because after the stop button a cell has only a second to finish
  if (output.connected) void loadRenderer();
  const pace = new Pace();
  const state = new Training();
  const plot = (): Plot => drawState(state, options);
  const redraw = (): void => {
    if (output.connected) pace.run(() => output.show(plot().interactiveBundle()));
  };
  return {
    onProgress: withoutParams((step) => {
      const loss = lossOf("onProgress", step);
      state.losses.push(state.losses.count, loss);
      state.means.push(loss);
      redraw();
    }),
    onEvaluate(evaluation) {
      checkEvaluation(evaluation);
      state.train.push(evaluation.iteration, evaluation.trainAccuracy);
      state.test.push(evaluation.iteration, evaluation.testAccuracy);
      state.evaluated = evaluation.iteration;
      redraw();
    },
    finish: () => {
      pace.last(() => undefined); // cancels an update that is not drawn yet: the last state contains it
      return plot().show(output);
    },
  };
}

function checkEvaluation(evaluation: LiveAccuracy): void {
  if (typeof evaluation !== "object" || evaluation === null) {
    throw new TypeError(`${got("onEvaluate", "evaluation", evaluation)}: wanted an object as train() gives`);
  }
  const { iteration, trainAccuracy, testAccuracy } = evaluation;
  for (const [name, value] of Object.entries({ iteration, trainAccuracy, testAccuracy }))
    checkNumber("onEvaluate", name, value);
}

/** What the plot has been told. */
class Training {
  readonly losses = new GrowingLine(WIDTH);
  readonly means = new Means();
  readonly train = new GrowingLine(WIDTH);
  readonly test = new GrowingLine(WIDTH);
  evaluated = 0;
}

/**
 * Means of successive losses: the trend in their noise. When there are too many, each mean takes the losses of two.
 */
class Means {
  private open: number[] = [];
  private means: number[] = [];
  /** Of how many losses a mean is. */
  each = 1;

  push(value: number): void {
    this.open.push(value);
    if (this.open.length < this.each) return;
    this.means.push(mean(this.open));
    this.open = [];
    if (this.means.length > MOST_MEANS) this.halve();
  }

  private halve(): void {
    // with an odd number of means, the last one becomes the beginning of the next pair
    const pairs = Math.floor(this.means.length / 2);
    const rest = this.means.slice(2 * pairs).flatMap((value) => new Array<number>(this.each).fill(value));
    this.means = Array.from({ length: pairs }, (_, i) => (this.means[2 * i] + this.means[2 * i + 1]) / 2);
    this.open = rest;
    this.each *= 2;
  }

  /** Each mean in the middle of its losses. NaN and Infinity, which a diverging training gives, leave a gap. */
  drawn(): Line {
    return {
      x: this.means.map((_, i) => (i + 0.5) * this.each - 0.5),
      y: this.means.map((value) => (Number.isFinite(value) ? short(value) : null)),
    };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function drawState(state: Training, { title }: LiveOptions): Plot {
  const end = Math.max(state.losses.count - 1, state.evaluated, 1);
  const x = {
    field: "iteration",
    type: "quantitative",
    title: "iteration",
    scale: { domain: [0, end], nice: false },
    axis: { tickCount: 5, tickMinStep: 1 },
  };
  const losses = state.losses.drawn([0, end]);
  const panels = [
    lossPanel(losses, state.means, x),
    ...(state.train.count === 0 ? [] : [accuracyPanel(state, end, x)]),
  ];
  // else the legend would be beside both panels and not inside its own panel
  const resolve = { scale: { color: "independent", strokeDash: "independent" } };
  return new Plot({ title, hconcat: panels, spacing: 28, resolve }, describe(state, losses.x.length), "training");
}

/** A row of data, which Vega unfolds. */
function rowOf(names: object, { x, y }: Line, field: string): object {
  return { ...names, iteration: x, [field]: y };
}

function lossPanel(losses: Line, means: Means, x: object): object {
  // without any loss Vega would choose no range
  const scale = losses.y.some((loss) => loss !== null) ? { zero: true } : { domain: [0, 1] };
  const names = ["each batch", ...(means.each === 1 ? [] : [`mean of ${means.each}`])];
  const layer = (line: string, values: Line, strokeWidth: number): object => ({
    data: { values: [rowOf({ line }, values, "loss")] },
    transform: [{ flatten: ["iteration", "loss"] }],
    mark: { type: "line", strokeWidth },
  });
  return {
    width: WIDTH,
    height: HEIGHT,
    encoding: {
      x,
      y: { field: "loss", type: "quantitative", title: "loss", scale },
      color: lossColour(names),
      tooltip: [{ field: "line" }, { field: "iteration" }, { field: "loss", format: ".4f" }],
    },
    layer: [
      layer(names[0], losses, names.length === 1 ? 1.4 : 1),
      ...names.slice(1).map((name) => layer(name, means.drawn(), 2)),
    ],
  };
}

function accuracyPanel({ train, test }: Training, end: number, x: object): object {
  const values = [train, test].map((line, i) => rowOf({ series: ACCURACY_LINES[i] }, line.drawn([0, end]), "accuracy"));
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    transform: [{ flatten: ["iteration", "accuracy"] }],
    mark: { type: "line", point: accuracyPoints(train.count) },
    encoding: {
      x,
      ...accuracyChannels,
      tooltip: [{ field: "series", title: "line" }, { field: "iteration" }, { field: "accuracy", format: ".4f" }],
    },
  };
}

function describe({ losses, train, test, evaluated }: Training, drawn: number): string {
  const reached =
    train.count === 0
      ? ""
      : `; train acc ${short(train.latest)}, test acc ${short(test.latest)} at iteration ${evaluated}`;
  const loss = losses.count === 0 ? "" : `, loss ${short(losses.latest)}`;
  const from = drawn < losses.count ? `, drawn from ${grouped(drawn)} of the losses` : "";
  return `Loss and accuracy after ${grouped(losses.count)} iterations${loss}${from}${reached}.`;
}
