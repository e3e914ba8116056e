export { numericalDiff } from "./numericalDiff";
export { numericalGradient, numericalGradientInTurns } from "./numericalGradient";
export { H } from "./step";
