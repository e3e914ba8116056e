export * as np from "./np/index";
export type { DType, NDArray, NestedList, Operand } from "./np/index";
export * as random from "./random/index";
export { RandomState } from "./random/index";
export { loadMnist, type Mnist, type MnistOptions } from "./data/mnist";
export { loadWeights, saveWeights, type Weights } from "./data/weights";
export { FileFormatError, MissingDataError } from "./data/errors";
export { numericalDiff, numericalGradient } from "./differentiation/index";
export {
  andGate, crossEntropyError, identity, nandGate, orGate, Perceptron, relu, sigmoid, SimpleNet, softmax, stepFunction,
  sumSquaredError, ThreeLayerNet, TwoLayerNet, xorGate, type Network, type Params, type ThreeLayerParams, type TwoLayerParams,
} from "./networks/index";
export {
  gradientDescent, train, type DescentOptions, type DescentStep, type Evaluation, type GradientMethod, type Progress,
  type ProgressListener, type StepListener, type TrainingData, type TrainingResult, type TrainOptions,
} from "./training/index";
export { interruptSignal } from "./platform/index";
export { progress, type ProgressBar } from "./display/index";
export * as plots from "./plots/index";
