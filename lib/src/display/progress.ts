import { checkNumber, checkText, checkWhole, got } from "../checks";
import { host } from "../platform";
import { lossOf, withoutParams, type StepListener } from "./listener";
import { Output } from "./output";
import { Pace } from "./pace";

/** The current state of the work. */
export interface ProgressState {
  readonly label: string;
  readonly done: number;
  /** Undefined if the iterable has no known length. */
  readonly total: number | undefined;
  readonly loss: number | undefined;
  readonly seconds: number;
}

/** A bar for work whose steps the caller counts. */
export interface ProgressBar {
  /**
   * Shows the progress of the work. It is fast enough to be called at each step.
   * @param done - steps done so far
   * @param loss - the latest loss, if there is one
   */
  update(this: void, done: number, loss?: number): void;
  /** The same as train() calls it. */
  readonly onProgress: StepListener;
  /** Draws the last state, without any duration. update() calls it when the last step is done. */
  finish(this: void): void;
}

/**
 * Shows the progress of long work: a bar with rate, remaining time and the latest loss, redrawn at most ten times a
 * second. A saved notebook contains only the last line, which has no duration.
 *
 * @param work - what to iterate over, or the number of steps
 * @param label - the text before the bar
 * @returns the same items for an iterable; a bar to be updated for a number
 * @throws RangeError when the number of steps is not a whole number above 0
 * @example
 * for (const epoch of progress([1, 2, 3], "epochs")) console.log(epoch); // shows epochs: 3 of 3
 * const bar = progress(10000, "training");
 * await train(network, mnist, { onProgress: bar.onProgress });
 * bar.finish(); // shows training: 10000 of 10000, loss 0.2147
 */
export function progress(work: number, label?: string): ProgressBar;
export function progress<T>(work: Iterable<T>, label?: string): Iterable<T>;
export function progress<T>(work: number | Iterable<T>, label = "progress"): ProgressBar | Iterable<T> {
  checkText("progress", "label", label);
  if (isIterable(work)) return watched(work, label);
  checkWhole("progress", "work", work, 1);
  return openBar(work, label);
}

function isIterable<T>(work: number | Iterable<T>): work is Iterable<T> {
  if (typeof work === "number") return false;
  const iterate = (work as Iterable<T> | null | undefined)?.[Symbol.iterator] as unknown;
  if (typeof iterate === "function") return true;
  throw new TypeError(`${got("progress", "work", work)}: wanted a number of steps or something to iterate over`);
}

function* watched<T>(items: Iterable<T>, label: string): Generator<T> {
  const known = items as { length?: number; size?: number };
  const bar = openBar(known.length ?? known.size, label);
  let done = 0;
  try {
    for (const item of items) {
      yield item;
      bar.update(++done);
    }
  } finally {
    bar.finish();
  }
}

function openBar(total: number | undefined, label: string): ProgressBar {
  const output = new Output();
  const pace = new Pace();
  const start = performance.now();
  let done = 0;
  let loss: number | undefined;
  const state = (): ProgressState => ({ label, done, total, loss, seconds: (performance.now() - start) / 1000 });
  let finished: string | undefined;
  const finish = (): void => {
    const line = finalLine(state());
    if (line !== finished) pace.last(() => drawFinal(output, line));
    finished = line;
  };
  const update = (nowDone: number, latestLoss?: number): void => {
    checkFromZero("update", "done", nowDone);
    if (latestLoss !== undefined) checkNumber("update", "loss", latestLoss);
    done = nowDone;
    loss = latestLoss ?? loss;
    if (done === total) finish();
    else pace.run(() => draw(output, state()));
  };
  return {
    update,
    onProgress: withoutParams((step) => {
      const latest = lossOf("onProgress", step);
      checkFromZero("onProgress", "iteration", step.iteration);
      update(step.iteration + 1, latest);
    }),
    finish,
  };
}

function checkFromZero(caller: string, name: string, value: unknown): void {
  if (typeof value === "number" && value >= 0) return;
  throw new RangeError(`${got(caller, name, value)}: wanted a number from 0`);
}

function drawFinal(output: Output, line: string): void {
  if (output.connected) output.show({ "text/plain": line });
  else {
    host.terminal.rewriteLine("");
    host.terminal.writeLine(line);
  }
}

function draw(output: Output, state: ProgressState): void {
  if (output.connected) output.show({ "text/html": htmlBar(state), "text/plain": runningLine(state) });
  else host.terminal.rewriteLine(runningLine(state));
}

/** `training  42% ########............ 4200 of 10000, 812 a second, 7 s left, loss 0.2147` */
export function runningLine(state: ProgressState): string {
  const { label, done, total } = state;
  if (total === undefined) return [`${label} ${done}`, ...details(state)].join(", ");
  const share = Math.min(done / total, 1);
  const filled = Math.round(share * 20);
  const percent = String(Math.floor(share * 100)).padStart(3);
  const bar = "█".repeat(filled) + "░".repeat(20 - filled);
  return [`${label} ${percent}% ${bar} ${done} of ${total}`, ...details(state)].join(", ");
}

/** The line that stays in the notebook: it is the same for every run that did as many steps with the same loss. */
export function finalLine({ label, done, total, loss }: ProgressState): string {
  const count = total === undefined ? `${done}` : `${done} of ${total}`;
  return `${label}: ${count}${loss === undefined ? "" : `, loss ${loss.toPrecision(4)}`}`;
}

function htmlBar(state: ProgressState): string {
  const { label, done, total } = state;
  const range = total === undefined ? "" : ` max="${total}" value="${done}"`;
  const count = total === undefined ? `${done}` : `${done} of ${total}`;
  return `<label>${escapeHtml(label)} <progress${range}></progress> ${[count, ...details(state)].join(", ")}</label>`;
}

function details({ done, total, loss, seconds }: ProgressState): string[] {
  const rate = done / seconds;
  const words = [`${rate >= 10 ? rate.toFixed(0) : rate.toPrecision(2)} a second`];
  if (total !== undefined && done > 0) words.push(`${remaining((total - done) / rate)} left`);
  if (loss !== undefined) words.push(`loss ${loss.toPrecision(4)}`);
  return words;
}

function remaining(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
