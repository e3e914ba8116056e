import { setImmediate as turn } from "node:timers/promises";
import type { Network } from "../networks/network";
import { isOriginal } from "../networks/twoLayerNet";
import * as random from "../random";
import { FUSED_METHODS, fusedSteps } from "./fusedSteps";
import { readOptions, type Settings, type TrainOptions } from "./options";
import { plainSteps } from "./plainSteps";
import type { Steps, TrainingData } from "./steps";

export interface TrainingResult {
  /** The loss on each iteration's batch, after its update. */
  trainLoss: number[];
  /** The accuracies at iterations 0, evaluateEvery, 2 evaluateEvery ..., after the update. */
  trainAccuracy: number[];
  testAccuracy: number[];
  /** Whether the signal ended it before its time. */
  stopped: boolean;
}

// long enough to cost nothing, short enough for a stop button to feel immediate
const MILLISECONDS_BETWEEN_TURNS = 30;

/**
 * Trains a network by stochastic gradient descent. Book, sections 4.5.2 and 4.5.3.
 *
 * Each iteration draws `random.choice(trainSize, batchSize)` from the global random stream, updates the arrays of
 * `network.params` in place and records the loss on the batch. Between iterations the event loop gets its turn, so
 * that a signal and displays are served; after an abort the result holds what was reached.
 *
 * @param network - anything with params, loss, accuracy and gradient
 * @param data - as loadMnist gives it
 * @throws RangeError when an option is out of range or the arrays do not fit; TypeError for an unknown option, or for
 *   what is no network, array, function or signal
 * @example
 * const { testAccuracy } = await train(new TwoLayerNet(784, 50, 10), await loadMnist(), { iterations: 5000 });
 */
export async function train(network: Network, data: TrainingData, options: TrainOptions = {}): Promise<TrainingResult> {
  const settings = readOptions(network, data, options);
  const result: TrainingResult = { trainLoss: [], trainAccuracy: [], testAccuracy: [], stopped: false };
  const steps = chooseSteps(network, data, settings);
  try {
    await run(steps, data.xTrain.shape[0], settings, result);
  } finally {
    steps.publish();
    steps.release();
  }
  return result;
}

async function run(steps: Steps, trainSize: number, settings: Settings, result: TrainingResult): Promise<void> {
  const { iterations, batchSize, evaluateEvery, onProgress, signal } = settings;
  let lastTurn = performance.now();
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (performance.now() - lastTurn > MILLISECONDS_BETWEEN_TURNS) {
      steps.publish();
      await turn();
      lastTurn = performance.now();
    }
    if (signal?.aborted) {
      result.stopped = true;
      return;
    }
    const loss = steps.step(random.choice(trainSize, batchSize));
    result.trainLoss.push(loss);
    if (iteration % evaluateEvery === 0) await evaluate(steps, iteration, settings, result);
    if (onProgress) {
      if (onProgress.readsParams !== false) steps.publish();
      onProgress({ iteration, iterations, loss });
    }
  }
}

async function evaluate(steps: Steps, iteration: number, { onEvaluate }: Settings, result: TrainingResult): Promise<void> {
  const { trainAccuracy, testAccuracy } = steps.evaluate();
  result.trainAccuracy.push(trainAccuracy);
  result.testAccuracy.push(testAccuracy);
  if (!onEvaluate) return;
  steps.publish();
  await onEvaluate({ iteration, trainAccuracy, testAccuracy });
}

/** The fused steps serve where the network is a TwoLayerNet with its own methods and the data suit them. */
function chooseSteps(network: Network, data: TrainingData, settings: Settings): Steps {
  const fused = isOriginal(network, FUSED_METHODS) ? fusedSteps(network, data, settings) : undefined;
  return fused ?? plainSteps(network, data, settings.gradient, settings.learningRate);
}
