import type { CellSteps, Executor, Script } from "../../kernel/src/cells";
import type { Variables } from "../../kernel/src/compile";

const ASYNC = "(async function (exports, require) { ";
/** As long for synchronous cells, so that the columns of a cell's first line are always moved by the same number. */
export const CODE_BEFORE = ASYNC;
const SYNC = ASYNC.replace("async", "     ");

/** Evaluates compiled cells in this worker. */
export class BrowserExecutor implements Executor {
  /** @param load - gives the exports of a package by its name, or throws */
  constructor(private readonly load: (name: string) => unknown) {}

  provide(variables: Variables): void {
    Object.assign(globalThis, { __tslab__: { variables } });
  }

  async execute(source: string, steps: CellSteps): Promise<void> {
    const script = steps.compile(source);
    if (script) await steps.run(() => functionOf(script)({}, this.load));
  }
}

// An indirect eval: the code sees only global names. V8 and Firefox take the name for stack traces from the last line.
function functionOf({ name, output, awaits }: Script): (exports: object, require: unknown) => unknown {
  const text = `${awaits ? ASYNC : SYNC}${output}\n})\n//# sourceURL=${name}`;
  return (0, eval)(text) as (exports: object, require: unknown) => unknown;
}
