export { numericalDiff, requireFunction, requireStep } from "./numericalDiff";
export { numericalGradient, numericalGradientInTurns } from "./numericalGradient";
