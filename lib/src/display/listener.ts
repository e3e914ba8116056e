import { checkNumber, got } from "../checks";

/** A function that is called after each step of long work, and that does not read the parameters of a network. */
export interface StepListener {
  (step: { iteration: number; loss: number }): void;
  /** Says that the parameters need not be copied into the network's arrays before the call. */
  readonly readsParams: false;
}

/** The loss of a step. @throws TypeError, in the caller's name, if it is not a step as train() gives it */
export function lossOf(caller: string, step: { loss: number }): number {
  if (typeof step !== "object" || step === null) {
    throw new TypeError(`${got(caller, "step", step)}: wanted an object with iteration and loss, as train() gives`);
  }
  checkNumber(caller, "loss", step.loss);
  return step.loss;
}

/** Marks a listener as one that does not read the parameters. */
export function withoutParams(listener: (step: { iteration: number; loss: number }) => void): StepListener {
  return Object.assign(listener, { readsParams: false as const });
}
