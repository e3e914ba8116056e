import { isOriginal, type Network } from "../networks";
import { endIfInterrupted, KeyboardInterrupt, runningCell } from "../platform";
import * as random from "../random";
import { FUSED_METHODS, fusedSteps } from "./fusedSteps";
import { readData, readOptions, type Evaluation, type Settings, type TrainOptions } from "./options";
import { PausesOfTraining } from "./pauses";
import { plainSteps } from "./plainSteps";
import type { Accuracies, GivenData, Steps, TrainingData } from "./steps";

/** The result of `train`: the losses and accuracies. */
export interface TrainingResult {
  /** The loss on each iteration's batch, after its update. */
  trainLoss: number[];
  /** The accuracies at iterations 0, evaluateEvery, 2 evaluateEvery ..., after the update. */
  trainAccuracy: number[];
  /** The same on the test set. */
  testAccuracy: number[];
  /** Whether the signal ended the training early. */
  stopped: boolean;
}

/**
 * Trains a network by stochastic gradient descent. Book, sections 4.5.2 and 4.5.3.
 *
 * Each iteration draws `random.choice(trainSize, batchSize)` from the global random stream, updates the arrays of
 * `network.params` in place and records the loss on the batch. If several trainings run at the same time, they draw
 * from this one stream in an order that depends on timing. To get the same numbers each time, train one network after
 * the other.
 *
 * Between iterations, and within a step or an evaluation that takes long, the event loop gets a turn, so that signals
 * and displays are handled. After an abort the result contains the losses and accuracies so far. The stop button ends
 * every running training, whichever cell began it. A training with the signal `interruptSignal()` then ends as after an
 * abort; any other throws an error named KeyboardInterrupt. An interrupted cell cannot begin another training.
 *
 * The options are read once, at the beginning: for a learning rate that falls, call `train` once for each rate. If a
 * sample contains a NaN, the losses are NaN from its first batch on, as in NumPy.
 *
 * @param network - any object with params, loss, accuracy and gradient
 * @param data - an object with xTrain, tTrain, xTest and tTest, as loadMnist returns it; nested lists stand for arrays
 * @param options - `iterations` (10000), `batchSize` (100), `learningRate` (0.1), `evaluateEvery`, `gradient`
 *   ("backprop" or "numerical"), `onEvaluate`, `onProgress`, `signal`
 * @returns a promise of `{ trainLoss, trainAccuracy, testAccuracy, stopped }`
 * @throws RangeError when an option is out of range, the signal has already fired, or the arrays do not fit; TypeError
 *   for an unknown option, or a value that is not the wanted network, array, function or signal; KeyboardInterrupt
 *   after the stop button
 * @example
 * const { testAccuracy } = await train(new TwoLayerNet(784, 50, 10), await loadMnist(), { iterations: 5000 });
 */
export function train(network: Network, data: GivenData, options: TrainOptions = {}): Promise<TrainingResult> {
  const training = begin(network, data, options, () => {
    // code that does not await the training need not handle the interrupt; without this catch Node would report an
    // unhandled rejection
    queueMicrotask(() => training.catch(() => {}));
  });
  return training;
}

async function begin(
  network: Network,
  given: GivenData,
  options: TrainOptions,
  onInterrupt: () => void,
): Promise<TrainingResult> {
  const cell = runningCell();
  try {
    endIfInterrupted(cell);
    const data = readData(given);
    const settings = readOptions(network, data, options);
    checkUnfired(settings.signal);
    const pauses = new PausesOfTraining(cell, settings.signal);
    return await run(chooseSteps(network, data, settings), data.xTrain.shape[0], settings, pauses);
  } catch (error) {
    if (error instanceof KeyboardInterrupt) onInterrupt();
    throw error;
  }
}

function checkUnfired(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new RangeError("train: signal that has fired: wanted a new one, as interruptSignal() gives");
}

/** At each await, network.params is current, and it is read again afterwards, because other code runs meanwhile. */
async function run(
  steps: Steps,
  trainSize: number,
  settings: Settings,
  pauses: PausesOfTraining,
): Promise<TrainingResult> {
  const { iterations, batchSize, evaluateEvery, onEvaluate, onProgress, signal } = settings;
  const result: TrainingResult = { trainLoss: [], trainAccuracy: [], testAccuracy: [], stopped: false };
  const end = pauses.begin();
  try {
    for (let iteration = 0; iteration < iterations; iteration++) {
      if (pauses.due) {
        steps.publish();
        await pauses.take();
      }
      pauses.look();
      const given = steps.stepInTurns(random.choice(trainSize, batchSize), pauses);
      const loss = typeof given === "number" ? given : await given;
      result.trainLoss.push(loss);
      if (iteration % evaluateEvery === 0) {
        const evaluated = steps.evaluateInTurns(pauses);
        const evaluation = record(evaluated instanceof Promise ? await evaluated : evaluated, iteration, result);
        if (onEvaluate) {
          steps.publish();
          await onEvaluate(evaluation);
        }
      }
      if (onProgress) {
        if (onProgress.readsParams !== false) steps.publish();
        onProgress({ iteration, iterations, loss });
      }
    }
  } catch (error) {
    if (!(error instanceof KeyboardInterrupt && signal?.aborted)) throw error;
    result.stopped = true;
  } finally {
    end();
    steps.publish();
    steps.release();
  }
  return result;
}

function record({ trainAccuracy, testAccuracy }: Accuracies, iteration: number, result: TrainingResult): Evaluation {
  result.trainAccuracy.push(trainAccuracy);
  result.testAccuracy.push(testAccuracy);
  return { iteration, trainAccuracy, testAccuracy };
}

/**
 * Chooses the fused steps if the network is a TwoLayerNet without overridden methods and the data fit; else plain
 * steps.
 */
function chooseSteps(network: Network, data: TrainingData, settings: Settings): Steps {
  const fused = isOriginal(network, FUSED_METHODS) ? fusedSteps(network, data, settings) : undefined;
  return fused ?? plainSteps(network, data, settings.gradient, settings.learningRate);
}
