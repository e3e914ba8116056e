import { hardLabels } from "../networks/hardLabels";
import type { NDArray } from "../np/ndarray";
import { loadParams, placeNetwork, storeParams } from "../networks/networkInArena";
import type { TwoLayerNet } from "../networks/twoLayerNet";
import { Arena, ArenaFullError } from "../wasm/arena";
import { backpropagationBatch, numericalBatch } from "./batch";
import { placeEvaluation } from "./evaluation";
import type { Settings } from "./options";
import { plainSteps } from "./plainSteps";
import { samplesOf } from "./samples";
import type { Steps, TrainingData } from "./steps";

/** What the fused steps stand in for: a network with another form of any of these is trained by plain steps. */
export const FUSED_METHODS = ["predict", "loss", "accuracy", "gradient", "numericalGradient", "forward"];

type Chosen = Pick<Settings, "batchSize" | "gradient" | "learningRate">;

/** Rows that are looked at together in an evaluation. */
const EVALUATED_AT_ONCE = 256;

/**
 * TwoLayerNet's training steps with everything in one arena: the parameters, the inputs without their zeros, and a
 * batch's values. The same sums as `plainSteps` in another order, equal to about 1e-12, and the same to the bit on every
 * run and with any number of threads.
 *
 * Undefined where the routines cannot run, the arena is too small, t is not made of labels, or the shapes do not fit.
 */
export function fusedSteps(network: TwoLayerNet, data: TrainingData, settings: Chosen): Steps | undefined {
  const { W1, W2 } = network.params;
  if (data.xTrain.shape[1] !== W1.shape[0] || data.xTest.shape[1] !== W1.shape[0]) return undefined;
  const trainLabels = hardLabels("train", data.xTrain.shape[0], W2.shape[1], data.tTrain);
  const testLabels = hardLabels("train", data.xTest.shape[0], W2.shape[1], data.tTest);
  const arena = trainLabels && testLabels && Arena.borrow();
  if (!arena) return undefined;
  try {
    return stepsIn(arena, network, data, trainLabels, testLabels, settings);
  } catch (error) {
    arena.release();
    if (error instanceof ArenaFullError) return undefined;
    throw error;
  }
}

function stepsIn(
  arena: Arena, network: TwoLayerNet, data: TrainingData, trainLabels: Int32Array, testLabels: Int32Array, settings: Chosen,
): Steps {
  const { batchSize, gradient, learningRate } = settings;
  const placed = placeNetwork(arena, network.params);
  const atOnce = Math.max(batchSize, EVALUATED_AT_ONCE);
  const train = samplesOf(arena, placed, data.xTrain, atOnce);
  const test = samplesOf(arena, placed, data.xTest, atOnce);
  const trainAccuracy = placeEvaluation(arena, placed, train, trainLabels);
  const testAccuracy = placeEvaluation(arena, placed, test, testLabels);
  const batch = gradient === "backprop"
    ? backpropagationBatch(arena, placed, train, trainLabels, batchSize)
    : numericalBatch(arena, placed, data.xTrain, trainLabels, batchSize);
  const plain = plainSteps(network, data, gradient, learningRate);
  // true while the arena's parameters may be behind network.params, which belong to the user between two calls
  let published = true;
  const load = () => {
    if (published) loadParams(arena, placed, network.params);
    published = false;
  };
  const publish = () => {
    if (!published) storeParams(arena, placed, placed.places, network.params);
    published = true;
  };
  // undefined, with params current, where the step has to be the plain one
  const step = (rows: NDArray<"int32">) => {
    load();
    batch.select(rows.data);
    if (batch.descend(learningRate)) return batch.loss();
    publish();
    return undefined;
  };
  return {
    step: (rows) => step(rows) ?? plain.step(rows),
    stepInTurns: (rows, pauses) => step(rows) ?? plain.stepInTurns(rows, pauses),
    evaluate() {
      load();
      return { trainAccuracy: trainAccuracy(), testAccuracy: testAccuracy() };
    },
    publish,
    release: () => arena.release(),
  };
}
