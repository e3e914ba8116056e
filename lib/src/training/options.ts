import { checkFinite, checkFunction, checkOptions, checkWhole, got } from "../checks";
import type { Network } from "../networks";
import { asArray, isNDArray, shapeText, type NDArray } from "../np/internal";
import type { GivenData, GradientMethod, TrainingData } from "./steps";

/** The argument of `onEvaluate`: the accuracies of the network. */
export interface Evaluation {
  /** The iteration after which the evaluation was done, from 0. */
  iteration: number;
  /** On the whole training set, from 0 to 1. */
  trainAccuracy: number;
  /** On the whole test set, from 0 to 1. */
  testAccuracy: number;
}

/** The argument of `onProgress`, which is called after each iteration. */
export interface Progress {
  /** The iteration that has just been done, from 0. */
  iteration: number;
  /** How many iterations the training has. */
  iterations: number;
  /** The loss on the latest batch, after its update. */
  loss: number;
}

/** A function that is called after each iteration; the network's arrays then contain the current parameters. */
export interface ProgressListener {
  (progress: Progress): void;
  /** False if it never reads the network: then the parameters need not be copied into the network's arrays before. */
  readonly readsParams?: false;
}

/**
 * The options of `train`. Options that are left out have their defaults. They are read once, when the training begins.
 */
export interface TrainOptions {
  /** How many updates of the parameters; 10,000 by default. */
  iterations?: number;
  /** How many rows each update uses; 100 by default. */
  batchSize?: number;
  /** An update adds minus the gradient times this number to each parameter; 0.1 by default. */
  learningRate?: number;
  /** Iterations from one evaluation to the next; by default one epoch, that is, training rows / batchSize. */
  evaluateEvery?: number;
  /** "backprop", the default, or "numerical" for central differences. */
  gradient?: GradientMethod;
  /** Called after each evaluation. If it returns a promise, the training waits for it. */
  onEvaluate?: (evaluation: Evaluation) => void | Promise<void>;
  /** Called after each iteration. */
  onProgress?: ProgressListener;
  /** Ends the training early. */
  signal?: AbortSignal;
}

/** The options with the defaults filled in. */
export type Settings = typeof DEFAULTS &
  Pick<TrainOptions, "onEvaluate" | "onProgress" | "signal"> & { evaluateEvery: number };

const DEFAULTS = { iterations: 10000, batchSize: 100, learningRate: 0.1, gradient: "backprop" as GradientMethod };
const NAMES = [...Object.keys(DEFAULTS), "evaluateEvery", "onEvaluate", "onProgress", "signal"];

/** The arrays of `data`, with nested lists converted; throws the errors that the documentation of `train` lists. */
export function readData(data: GivenData): TrainingData {
  if (!isObject(data))
    throw new TypeError(`${got("train", "data", data)}: wanted an object with xTrain, tTrain, xTest, tTest`);
  const read = (name: keyof TrainingData) => asArray("train", data[name], name);
  return { xTrain: read("xTrain"), tTrain: read("tTrain"), xTest: read("xTest"), tTest: read("tTest") };
}

/** Fills in the defaults; throws the errors that the documentation of `train` lists. */
export function readOptions(network: Network, data: TrainingData, options: TrainOptions): Settings {
  const trainSize = checkRows("xTrain", data.xTrain, "tTrain", data.tTrain);
  checkRows("xTest", data.xTest, "tTest", data.tTest);
  checkOptions("train", options, NAMES);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings = { ...DEFAULTS, ...given };
  const { batchSize } = settings;
  checkWhole("train", "batchSize", batchSize, 1);
  checkRoom(batchSize, data);
  checkWhole("train", "iterations", settings.iterations, 0);
  checkFinite("train", "learningRate", settings.learningRate);
  if (!["backprop", "numerical"].includes(settings.gradient)) {
    throw new RangeError(`${got("train", "gradient", settings.gradient)}: wanted "backprop" or "numerical"`);
  }
  const { evaluateEvery = Math.max(Math.floor(trainSize / batchSize), 1) } = options;
  checkWhole("train", "evaluateEvery", evaluateEvery, 1);
  checkNetwork(network, settings.gradient);
  checkListeners(options);
  return { ...settings, evaluateEvery };
}

/** The most numbers in a batch, 16 GiB as float64: a larger batch would not fit into the memory of a machine. */
const MOST_NUMBERS = 2 ** 31;

function checkRoom(batchSize: number, { xTrain: { shape } }: TrainingData): void {
  const most = Math.floor(MOST_NUMBERS / Math.max(1, shape[1]));
  if (batchSize > most)
    throw new RangeError(`train: batchSize = ${batchSize} rows of ${shape[1]}: wanted at most ${most}`);
}

function checkRows(xName: string, x: NDArray, tName: string, t: NDArray): number {
  if (x.ndims !== 2) throw new RangeError(`train: ${xName} of shape ${shapeText(x.shape)}: wanted (N,D)`);
  if (t.ndims === 0) throw new RangeError(`train: ${tName} of shape (): wanted (N,K) or (N,)`);
  if (t.shape[0] !== x.shape[0]) {
    throw new RangeError(`train: ${x.shape[0]} rows of ${xName} and ${t.shape[0]} of ${tName}: wanted as many`);
  }
  if (x.shape[0] === 0) throw new RangeError(`train: ${xName} of shape ${shapeText(x.shape)}: wanted at least one row`);
  return x.shape[0];
}

function checkNetwork(network: Network, gradient: GradientMethod): void {
  if (!isObject(network))
    throw new TypeError(
      `${got("train", "network", network)}: wanted an object with params, loss, accuracy and gradient`,
    );
  if (!isObject(network.params))
    throw new TypeError(`${got("train", "network.params", network.params)}: wanted an object of arrays`);
  for (const [name, values] of Object.entries<unknown>(network.params)) {
    if (!isNDArray(values)) throw new TypeError(`${got("train", `network.params.${name}`, values)}: wanted an array`);
  }
  for (const method of gradient === "backprop"
    ? (["loss", "accuracy", "gradient"] as const)
    : (["loss", "accuracy"] as const)) {
    checkFunction("train", `network.${method}`, network[method]);
  }
  if (network.numericalGradient !== undefined)
    checkFunction("train", "network.numericalGradient", network.numericalGradient);
}

function checkListeners({ onEvaluate, onProgress, signal }: TrainOptions): void {
  if (onEvaluate !== undefined) checkFunction("train", "onEvaluate", onEvaluate);
  if (onProgress !== undefined) checkFunction("train", "onProgress", onProgress);
  if (
    signal !== undefined &&
    !(isObject(signal) && typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function")
  ) {
    throw new TypeError(`${got("train", "signal", signal)}: wanted an AbortSignal, as new AbortController().signal`);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
