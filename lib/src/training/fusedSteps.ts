import {
  backpropagationDescent,
  EVALUATED_AT_ONCE,
  fitsFusedForm,
  hasSameSizes,
  isReadable,
  LARGE,
  largestParam,
  loadParams,
  numericalDescent,
  allocateEvaluation,
  allocateNetwork,
  samplesOf,
  shareOfRight,
  Snapshot,
  storeParams,
  type Judgement,
} from "../fused";
import { hardLabels } from "../labels";
import { isOriginal, type TwoLayerNet } from "../networks";
import type { NDArray } from "../np";
import { finish, inTurns, type Pauses, type Slices } from "../platform";
import { Arena, ArenaFullError } from "../wasm";
import { watchData } from "./dataWatch";
import type { Settings } from "./options";
import { plainSteps } from "./plainSteps";
import type { Steps, TrainingData } from "./steps";

/** The methods that the fused steps replace: a network that overrides one of these is trained by plain steps. */
export const FUSED_METHODS = [
  "predict",
  "loss",
  "accuracy",
  "gradient",
  "numericalGradient",
  "activation",
  "activationDerivative",
];

type Chosen = Pick<Settings, "batchSize" | "gradient" | "learningRate" | "onEvaluate" | "onProgress">;

/** If an evaluation has more multiplications than this, it counts as long and is done in slices. */
const LONG_EVALUATION = 100_000_000;

/**
 * The training steps of TwoLayerNet with all data in one arena: the parameters, the inputs without their zeros, and the
 * values of a batch. It computes the same sums as `plainSteps` in another order: the results differ by about 1e-12.
 * They are the same to the bit on every run and with any number of threads.
 *
 * The result is undefined if the routines cannot run, the arena is too small, t does not consist of labels, params or
 * data do not fit, or a number is not finite or its magnitude is above 1e100. If large steps or listeners cause such a
 * condition during the training, plain steps are used from then on, or until the condition is over.
 */
export function fusedSteps(network: TwoLayerNet, data: TrainingData, settings: Chosen): Steps | undefined {
  const { xTrain, tTrain, xTest, tTest } = data;
  if (![xTrain, tTrain, xTest, tTest].every(isReadable) || !fitsFusedForm(network.params, arraysOf(data)))
    return undefined;
  const { W1, W2 } = network.params;
  if (xTrain.shape[1] !== W1.shape[0] || xTest.shape[1] !== W1.shape[0]) return undefined;
  const trainLabels = hardLabels("train", xTrain.shape[0], W2.shape[1], tTrain);
  const testLabels = hardLabels("train", xTest.shape[0], W2.shape[1], tTest);
  const arena = trainLabels && testLabels && Arena.borrow();
  if (!arena) return undefined;
  let steps: Steps | undefined;
  try {
    steps = stepsIn(arena, network, data, trainLabels, testLabels, settings);
  } catch (error) {
    if (!(error instanceof ArenaFullError)) throw error;
  } finally {
    if (steps === undefined) arena.release();
  }
  return steps;
}

function stepsIn(
  arena: Arena,
  network: TwoLayerNet,
  data: TrainingData,
  trainLabels: Int32Array,
  testLabels: Int32Array,
  settings: Chosen,
): Steps | undefined {
  const { batchSize, gradient, learningRate } = settings;
  const inArena = allocateNetwork(arena, network.params);
  const atOnce = Math.max(batchSize, EVALUATED_AT_ONCE);
  const train = samplesOf(arena, inArena, data.xTrain, atOnce);
  const test = samplesOf(arena, inArena, data.xTest, atOnce);
  // not `>`, so that NaN gives undefined too
  if (!(train.largest <= LARGE && test.largest <= LARGE)) return undefined;
  const evaluationIsLong = [train, test].some(
    ({ rowLength }, i) => rowLength * inArena.hidden * [trainLabels, testLabels][i].length > LONG_EVALUATION,
  );
  const judgeTrain = allocateEvaluation(arena, inArena, train, trainLabels);
  const judgeTest = allocateEvaluation(arena, inArena, test, testLabels);
  const descent =
    gradient === "backprop"
      ? backpropagationDescent(arena, inArena, train, trainLabels, batchSize)
      : numericalDescent(arena, inArena, data.xTrain, train.largest, trainLabels, batchSize);
  const plain = plainSteps(network, data, gradient, learningRate);
  const watch = watchData(data, settings);
  const growth = Math.abs(learningRate) * Math.max(1, train.largest);
  // the arrays whose current values are in the arena, with no magnitude above `bound`; undefined while network.params
  // itself holds the current values, that is, after publish and before load
  let loaded: TwoLayerNet["params"] | undefined;
  let bound = 0;
  const publish = () => {
    if (loaded) storeParams(arena, inArena, inArena.pointers, loaded);
    watch.published();
    loaded = undefined;
  };
  const load = (): boolean => {
    if (loaded) return true;
    const { params } = network;
    if (!isOriginal(network, FUSED_METHODS) || !fitsFusedForm(params, arraysOf(data)) || !hasSameSizes(inArena, params))
      return false;
    loadParams(arena, inArena, params);
    bound = largestParam(arena, inArena);
    if (!(bound <= LARGE)) return false;
    loaded = { ...params };
    return true;
  };
  // a step changes a weight of W2 by at most learningRate, and one of W1 by at most learningRate * input * largest W2
  const afterStep = () => bound + growth * Math.max(1, bound);
  const staysInRange = (): boolean => {
    if (!load()) return false;
    if (afterStep() <= LARGE) return true;
    publish();
    return load() && afterStep() <= LARGE;
  };
  function* moveAndJudge(): Slices<number> {
    yield* descent.move(learningRate);
    return yield* descent.loss();
  }
  // does the step and returns the loss; if the plain step must be used, publishes params and returns undefined
  const step = (rows: NDArray<"int32">) => {
    if (watch.unchanged(rows.data) && staysInRange() && finish(descent.differentiate(rows.data, learningRate))) {
      bound = afterStep();
      return finish(moveAndJudge());
    }
    publish();
    return undefined;
  };
  /** Adds the change of the arena's params since `before` to network.params; false if network.params does not fit. */
  const addStepSince = (before: Snapshot): boolean => {
    const moved = before.copies();
    storeParams(arena, inArena, inArena.pointers, moved);
    if (!load()) return false;
    before.addDifference(moved, network.params);
    loaded = undefined;
    return load();
  };
  /**
   * The same with pauses. The arrays of the network keep their values until the step is done, so that an abort never
   * leaves a part of a step. If other code writes to the arrays during the step, both changes are kept.
   */
  const longStep = async (rows: NDArray<"int32">, pauses: Pauses): Promise<number> => {
    if (watch.unchanged(rows.data) && staysInRange()) {
      publish();
      const found = await inTurns(descent.differentiate(rows.data, learningRate), pauses);
      if (found && staysInRange()) {
        const before = new Snapshot(network.params);
        loaded = undefined;
        const loss = await inTurns(moveAndJudge(), pauses);
        if (before.isOf(network.params)) {
          storeParams(arena, inArena, inArena.pointers, network.params);
          return loss;
        }
        if (addStepSince(before)) return finish(descent.loss());
      }
    }
    publish();
    return plain.stepInTurns(rows, pauses);
  };
  function* judge(): Slices<[Judgement, Judgement]> {
    return [yield* judgeTrain(), yield* judgeTest()];
  }
  // shareOfRight classifies the undecided rows with network.params, so they must hold the values of the arena
  const accuracies = ([ofTrain, ofTest]: [Judgement, Judgement]) => ({
    trainAccuracy: shareOfRight(network, data.xTrain, trainLabels, ofTrain),
    testAccuracy: shareOfRight(network, data.xTest, testLabels, ofTest),
  });
  const evaluate = () => {
    if (!watch.allUnchanged() || !load()) {
      publish();
      return plain.evaluate();
    }
    const judgements = finish(judge());
    storeParams(arena, inArena, inArena.pointers, network.params);
    return accuracies(judgements);
  };
  const longEvaluation = async (pauses: Pauses) => {
    if (!watch.allUnchanged() || !load()) return evaluate();
    publish();
    const before = new Snapshot(network.params);
    const judgements = await inTurns(judge(), pauses);
    return before.isOf(network.params) ? accuracies(judgements) : evaluate();
  };
  return {
    step: (rows) => step(rows) ?? plain.step(rows),
    stepInTurns: (rows, pauses) =>
      descent.long ? longStep(rows, pauses) : (step(rows) ?? plain.stepInTurns(rows, pauses)),
    evaluate,
    evaluateInTurns: (pauses) => (evaluationIsLong ? longEvaluation(pauses) : evaluate()),
    publish,
    release: () => arena.release(),
  };
}

function arraysOf({ xTrain, tTrain, xTest, tTest }: TrainingData): NDArray[] {
  return [xTrain, tTrain, xTest, tTest];
}
