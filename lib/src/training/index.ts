export { descendFor, gradientDescent, type DescentOptions, type DescentStep } from "./gradientDescent";
export { train, type TrainingResult } from "./train";
export type { Evaluation, Progress, ProgressListener, TrainOptions } from "./options";
export type { GivenData, GradientMethod, TrainingData } from "./steps";
