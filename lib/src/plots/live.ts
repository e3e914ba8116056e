import { checkNumber, checkOptions, checkTexts, got } from "../checks";
import { lossOf, Output, Pace, withoutParams, type StepListener } from "../display";
import { ACCURACY_LINES, accuracyChannels } from "./accuracyChannels";
import { Plot } from "./plot";
import { loadRenderer } from "./render";
import { palette } from "./theme";
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

/** The most points of the loss curve. If there are more losses, each point is the mean of several successive losses. */
const MOST_POINTS = 400;

/**
 * Plots loss and accuracy while the training runs. The plot is one output of the cell, which is redrawn at most ten
 * times a second; drawing takes at most 1% of the time.
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
  const losses = new Thinned();
  const accuracies: LiveAccuracy[] = [];
  const plot = (): Plot => drawState(losses, accuracies, options);
  const redraw = (): void => {
    if (output.connected) pace.run(() => output.show(plot().interactiveBundle()));
  };
  return {
    onProgress: withoutParams((step) => {
      const loss = lossOf("onProgress", step);
      losses.push(loss);
      redraw();
    }),
    onEvaluate(evaluation) {
      checkEvaluation(evaluation);
      accuracies.push(evaluation);
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

/**
 * A list of means of successive losses. When it gets too long, each mean takes the losses of two; so a long training
 * does not make the plot and the notebook larger.
 */
class Thinned {
  private each = 1;
  private open: number[] = [];
  private means: number[] = [];
  count = 0;
  latest = NaN;

  push(value: number): void {
    this.count++;
    this.latest = value;
    this.open.push(value);
    if (this.open.length < this.each) return;
    this.means.push(mean(this.open));
    this.open = [];
    if (this.means.length > MOST_POINTS) this.halve();
  }

  private halve(): void {
    // with an odd number of means, the last one becomes the beginning of the next pair
    const pairs = Math.floor(this.means.length / 2);
    const rest = this.means.slice(2 * pairs).flatMap((value) => new Array<number>(this.each).fill(value));
    this.means = Array.from({ length: pairs }, (_, i) => (this.means[2 * i] + this.means[2 * i + 1]) / 2);
    this.open = rest;
    this.each *= 2;
  }

  /**
   * Each mean with the last iteration of its losses. NaN and Infinity, which a diverging training gives, leave a gap.
   */
  points(): { iteration: number; loss: number | null }[] {
    return this.means.map((value, i) => ({
      iteration: (i + 1) * this.each - 1,
      loss: Number.isFinite(value) ? short(value) : null,
    }));
  }

  get averaged(): string {
    return this.each === 1 ? "loss" : `loss, mean of ${this.each}`;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function drawState(losses: Thinned, accuracies: readonly LiveAccuracy[], { title }: LiveOptions): Plot {
  const end = Math.max(losses.count - 1, accuracies.at(-1)?.iteration ?? 0, 1);
  const x = {
    field: "iteration",
    type: "quantitative",
    title: "iteration",
    scale: { domain: [0, end], nice: false },
    axis: { tickCount: 5, tickMinStep: 1 },
  };
  const panels = [lossPanel(losses, x), ...(accuracies.length === 0 ? [] : [accuracyPanel(accuracies, x)])];
  // else the legend would be beside both panels and not inside its own panel
  const resolve = { scale: { color: "independent", strokeDash: "independent" } };
  return new Plot({ title, hconcat: panels, spacing: 28, resolve }, describe(losses, accuracies), "training");
}

function lossPanel(losses: Thinned, x: object): object {
  const values = losses.points();
  // without any loss Vega would choose no range
  const scale = values.some(({ loss }) => loss !== null) ? { zero: true } : { domain: [0, 1] };
  return {
    width: 260,
    height: 220,
    data: { values },
    mark: { type: "line", color: palette.blue, strokeWidth: 1.4 },
    encoding: {
      x,
      y: { field: "loss", type: "quantitative", title: losses.averaged, scale },
      tooltip: [{ field: "iteration" }, { field: "loss", title: losses.averaged, format: ".4f" }],
    },
  };
}

function accuracyPanel(accuracies: readonly LiveAccuracy[], x: object): object {
  const [train, test] = ACCURACY_LINES;
  const values = accuracies.flatMap(({ iteration, trainAccuracy, testAccuracy }) => [
    { iteration, series: train, accuracy: short(trainAccuracy) },
    { iteration, series: test, accuracy: short(testAccuracy) },
  ]);
  return {
    width: 260,
    height: 220,
    data: { values },
    mark: { type: "line", point: { size: 20 } },
    encoding: {
      x,
      ...accuracyChannels,
      tooltip: [{ field: "series", title: "line" }, { field: "iteration" }, { field: "accuracy", format: ".4f" }],
    },
  };
}

function describe(losses: Thinned, accuracies: readonly LiveAccuracy[]): string {
  const last = accuracies.at(-1);
  const reached =
    last === undefined
      ? ""
      : `; train acc ${short(last.trainAccuracy)}, test acc ${short(last.testAccuracy)} at iteration ${last.iteration}`;
  const loss = losses.count === 0 ? "" : `, loss ${short(losses.latest)}`;
  return `Loss and accuracy after ${losses.count} iterations${loss}${reached}.`;
}
