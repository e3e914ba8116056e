export { stepFunction, sigmoid, relu, identity, softmax } from "./activations";
export { sumSquaredError, crossEntropyError } from "./losses";
export { andGate, nandGate, orGate, xorGate, Perceptron } from "./gates";
export type { Network, Params } from "./network";
export { numericalGradients, numericalGradientsInTurns } from "./numericalGradients";
export { SimpleNet } from "./simpleNet";
export { isOriginal, quickNumericalGradientInTurns, TwoLayerNet, type TwoLayerParams } from "./twoLayerNet";
export { ThreeLayerNet, type ThreeLayerParams } from "./threeLayerNet";
export { numericalStandIn } from "./standIn";
