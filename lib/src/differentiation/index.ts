export { numericalDiff } from "./numericalDiff";
export { numericalGradient } from "./numericalGradient";
