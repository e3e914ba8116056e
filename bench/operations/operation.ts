/** What a row of topic ops measures: one operation, as a line of a cell and as the line that a NumPy user writes. */
export interface Operation {
  readonly name: string;
  readonly lines: Lines;
  /** The same work with its result in an array that is there: `out`, of this shape, or one of the other names. */
  readonly into?: { readonly shape?: readonly number[]; readonly lines: Lines };
}

/**
 * An expression, or a loop that begins with `for` and may add to `total`. The names in it are those of
 * contenders/operations.mjs and contenders/operations.py.
 */
export interface Lines {
  readonly dlfs: string;
  readonly numpy: string;
}

/** An operation that has no form with `out`. */
export function operation(name: string, dlfs: string, numpy: string): Operation {
  return { name, lines: { dlfs, numpy } };
}

/** A function of np with its arguments as written in both languages, which has a form with `out`. */
export function ufunc(shape: readonly number[], name: string, call: string, numpy: string): Operation {
  const close = call.lastIndexOf(")");
  const into = { dlfs: `${call.slice(0, close)}, { out })`, numpy: `${call.slice(0, close)}, out=out)` };
  return { name, lines: { dlfs: call, numpy }, into: { shape, lines: into } };
}

/** A reduction along an axis. */
export function reduction(shape: readonly number[], name: string, call: string, of: string, axis: number): Operation {
  const text = (options: string, out: string) => `np.${call}(${of}, ${options}${out}`;
  return {
    name,
    lines: { dlfs: text(`{ axis: ${axis}`, " })"), numpy: text(`axis=${axis}`, ")") },
    into: { shape, lines: { dlfs: text(`{ axis: ${axis}`, ", out })"), numpy: text(`axis=${axis}`, ", out=out)") } },
  };
}
