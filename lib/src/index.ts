export { interruptSignal } from "./platform";
export { progress, type ProgressBar, type StepListener } from "./display";
export * as np from "./np";
export type { DType, NDArray, NestedList, Operand } from "./np";
export * as blas from "./np/blas";
export * as random from "./random";
export { RandomState } from "./random";
export { numericalDiff, numericalGradient } from "./differentiation";
export {
  FileFormatError,
  loadDigit,
  loadMnist,
  loadWeights,
  MissingDataError,
  saveWeights,
  type Mnist,
  type MnistOptions,
  type Weights,
} from "./data";
export {
  andGate,
  crossEntropyError,
  identity,
  nandGate,
  orGate,
  Perceptron,
  relu,
  sigmoid,
  SimpleNet,
  softmax,
  stepFunction,
  sumSquaredError,
  ThreeLayerNet,
  TwoLayerNet,
  xorGate,
  type Network,
  type Params,
  type ThreeLayerParams,
  type TwoLayerParams,
} from "./networks";
export {
  gradientDescent,
  train,
  type DescentOptions,
  type DescentStep,
  type Evaluation,
  type GradientMethod,
  type Progress,
  type ProgressListener,
  type TrainingData,
  type TrainingResult,
  type TrainOptions,
} from "./training";
export * as plots from "./plots";
