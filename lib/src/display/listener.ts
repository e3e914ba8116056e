/** What is called after each step of long work, and looks at no parameters of a network. */
export interface StepListener {
  (step: { iteration: number; loss: number }): void;
  /** The parameters need not be copied to where it would see them. */
  readonly readsParams: false;
}

/** Says of a listener that it looks at no parameters. */
export function withoutParams(listener: (step: { iteration: number; loss: number }) => void): StepListener {
  return Object.assign(listener, { readsParams: false as const });
}
