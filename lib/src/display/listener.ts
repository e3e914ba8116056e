import { checkNumber, got } from "../checks";

/** What is called after each step of long work, and looks at no parameters of a network. */
export interface StepListener {
  (step: { iteration: number; loss: number }): void;
  /** The parameters need not be copied to where it would see them. */
  readonly readsParams: false;
}

/** The loss of a step. @throws TypeError, in the caller's name, for what is no step as train() gives */
export function lossOf(caller: string, step: { loss: number }): number {
  if (typeof step !== "object" || step === null) {
    throw new TypeError(`${got(caller, "step", step)}: wanted an object with iteration and loss, as train() gives`);
  }
  checkNumber(caller, "loss", step.loss);
  return step.loss;
}

/** Says of a listener that it looks at no parameters. */
export function withoutParams(listener: (step: { iteration: number; loss: number }) => void): StepListener {
  return Object.assign(listener, { readsParams: false as const });
}
