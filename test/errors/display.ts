import { plots, progress } from "../../lib/src";
import { good, type GoodCall, type Row } from "./table";

const any = (value: unknown): never => value as never;

export const rows: readonly Row[] = [
  [() => progress(0), "RangeError", "progress: work = 0: wanted a whole number from 1"],
  [() => progress(2.5), "RangeError", "progress: work = 2.5: wanted a whole number from 1"],
  [
    () => progress(any(undefined)),
    "TypeError",
    "progress: work = undefined: wanted a number of steps or something to iterate over",
  ],
  [
    () => progress(any({ length: 3 })),
    "TypeError",
    "progress: work = { length }: wanted a number of steps or something to iterate over",
  ],
  [
    () => progress(any(null), "label"),
    "TypeError",
    "progress: work = null: wanted a number of steps or something to iterate over",
  ],
  [() => progress(3, any(5)), "TypeError", "progress: label = 5: wanted a text"],
  [() => progress(3).update(any("1")), "RangeError", 'update: done = "1": wanted a number from 0'],
  [() => progress(3).update(1, any("0.5")), "TypeError", 'update: loss = "0.5": wanted a number'],
  [
    () => progress(3).onProgress(any(undefined)),
    "TypeError",
    "onProgress: step = undefined: wanted an object with iteration and loss, as train() gives",
  ],
  [() => progress(3).onProgress(any({ iteration: 1 })), "TypeError", "onProgress: loss = undefined: wanted a number"],
  [
    () => plots.live().onEvaluate(any(undefined)),
    "TypeError",
    "onEvaluate: evaluation = undefined: wanted an object as train() gives",
  ],
  [
    () => plots.live().onEvaluate(any({ iteration: 0 })),
    "TypeError",
    "onEvaluate: trainAccuracy = undefined: wanted a number",
  ],
];

export const calls: Readonly<Record<string, GoodCall>> = {
  progress: good(progress, () => [3, "label"]),
  "ProgressBar.update": good(
    (...args) => progress(3).update(...(args as never as [number])),
    () => [1, 0.5],
    ["update"],
  ),
  "ProgressBar.onProgress": good(
    (...args) => progress(3).onProgress(...(args as never as [{ iteration: number; loss: number }])),
    () => [{ iteration: 1, loss: 0.5 }],
    ["onProgress"],
  ),
  "LivePlot.onProgress": good(
    (...args) => plots.live().onProgress(...(args as never as [{ iteration: number; loss: number }])),
    () => [{ iteration: 1, loss: 0.5 }],
    ["onProgress"],
  ),
  "LivePlot.onEvaluate": good(
    (...args) => plots.live().onEvaluate(...(args as never as [plots.LiveAccuracy])),
    () => [{ iteration: 1, trainAccuracy: 0.5, testAccuracy: 0.5 }],
    ["onEvaluate"],
  ),
};
