import { RowWatch } from "../fused";
import type { NDArray } from "../np";
import type { Settings } from "./options";
import type { TrainingData } from "./steps";

/**
 * Finds out whether a listener has written into the data of a training. The fused steps need to know that, because they
 * work with a copy of the data.
 */
export interface DataWatch {
  /** Whether these rows of the training set have the same values as at the start. */
  unchanged(rows: ArrayLike<number>): boolean;
  allUnchanged(): boolean;
  /** Must be called when network.params was made current, because a listener may then be called. */
  published(): void;
}

const NOBODY: DataWatch = { unchanged: () => true, allUnchanged: () => true, published: () => undefined };

/**
 * After one row has changed, no row counts as unchanged. Without a listener nothing is watched. A listener that reads
 * no parameters is assumed to write nothing.
 */
export function watchData(
  data: TrainingData,
  { onEvaluate, onProgress }: Pick<Settings, "onEvaluate" | "onProgress">,
): DataWatch {
  const listensToSteps = onProgress !== undefined && onProgress.readsParams !== false;
  if (!onEvaluate && !listensToSteps) return NOBODY;
  const train = [new RowWatch(data.xTrain), new RowWatch(data.tTrain)];
  const test = [new RowWatch(data.xTest), new RowWatch(data.tTest)];
  let changed = false,
    evaluated = false;
  const look = (watches: readonly RowWatch[], rows: ArrayLike<number>) => {
    changed ||= !watches.every((watch) => watch.unchanged(rows));
    return !changed;
  };
  const suspect = () => {
    for (const watch of [...train, ...test]) watch.suspect();
  };
  return {
    unchanged(rows) {
      // without a listener to steps, only the listener to evaluations can have written
      if (evaluated && !listensToSteps) suspect();
      evaluated = false;
      return look(train, rows);
    },
    allUnchanged() {
      evaluated = true;
      return look(train, allRows(data.xTrain)) && look(test, allRows(data.xTest));
    },
    published() {
      if (listensToSteps) suspect();
    },
  };
}

function allRows(x: NDArray): Int32Array {
  return Int32Array.from({ length: x.shape[0] }, (_, row) => row);
}
