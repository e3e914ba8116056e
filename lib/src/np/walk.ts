import { sizeOf } from "./ndarray";

/** Called once for each run: the number of elements, and each operand's first index and step. */
export type Run = (count: number, positions: readonly number[], steps: readonly number[]) => void;

/**
 * Visits operands of one shape together, as few and as long runs as their strides allow: neighbouring axes are
 * merged where every operand permits it, so that contiguous arrays of any number of dimensions are one run.
 */
export function walk(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  offsets: readonly number[],
  run: Run,
): void {
  if (shape.includes(0)) return;
  const { lengths, steps } = mergeAxes(shape, strides);
  const inner = lengths.length - 1;
  const innerSteps = steps.map((step) => step[inner]);
  const positions = [...offsets];
  const index = new Array<number>(inner).fill(0);
  let axis = 0;
  while (axis >= 0) {
    run(lengths[inner], positions, innerSteps);
    for (axis = inner - 1; axis >= 0; axis--) {
      const wraps = ++index[axis] === lengths[axis];
      if (wraps) index[axis] = 0;
      for (let k = 0; k < positions.length; k++) {
        // a negative number times a step of 0 is -0, which would turn the indices into doubles
        if (wraps) positions[k] -= (lengths[axis] - 1) * steps[k][axis];
        else positions[k] += steps[k][axis];
      }
      if (!wraps) break;
    }
  }
}

/** The index in the buffer of each element of an array, in row-major order. */
export function positionsOf(shape: readonly number[], strides: readonly number[], offset: number): Int32Array {
  const found = new Int32Array(sizeOf(shape));
  let next = 0;
  walk(shape, [strides], [offset], (count, positions, steps) => {
    for (let i = 0; i < count; i++) found[next++] = positions[0] + i * steps[0];
  });
  return found;
}

function mergeAxes(shape: readonly number[], strides: readonly (readonly number[])[]) {
  const lengths: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === 1) continue;
    const last = lengths.length - 1;
    const merges = last >= 0 && strides.every((own, k) => steps[k][last] === own[axis] * shape[axis]);
    if (merges) {
      lengths[last] *= shape[axis];
      strides.forEach((own, k) => {
        steps[k][last] = own[axis];
      });
    } else {
      lengths.push(shape[axis]);
      strides.forEach((own, k) => steps[k].push(own[axis]));
    }
  }
  if (lengths.length === 0) {
    lengths.push(1);
    steps.forEach((step) => step.push(0));
  }
  return { lengths, steps };
}
