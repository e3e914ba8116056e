export { backpropagationDescent, numericalDescent, type Descent } from "./descent";
export { placeEvaluation } from "./evaluate";
export { fitsFusedForm, isReadable, LARGE } from "./fit";
export { fitsPlace, largestParam, loadParams, placeNetwork, storeParams, type NetworkInArena } from "./network";
export { incrementalGradient } from "./numericalGradient";
export { PARAM_NAMES, type FusedParams } from "./params";
export { RowWatch } from "./rowWatch";
export { samplesOf } from "./samples";
export { shareOfRight } from "./undecided";
