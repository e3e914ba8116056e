export { numericalDiff, slopeFor } from "./numericalDiff";
export { checkFloat64, gradientFor, numericalGradient, numericalGradientInTurns } from "./numericalGradient";
export { H } from "./step";
