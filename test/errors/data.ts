import { loadDigit, loadMnist, loadWeights, np, saveWeights } from "../../lib/src";
import { good, type GoodCall, type Row } from "./table";

const any = (value: unknown): never => value as never;

/** The test runs in an empty folder, which is DLFS_DATA too. Files of wrong content have their rows in test/data. */
export const rows: readonly Row[] = [
  [
    () => loadMnist(any(null)),
    "TypeError",
    "loadMnist: options = null: wanted an object with any of normalize, flatten, oneHotLabel",
  ],
  [
    () => loadMnist(any({ oneHot: true })),
    "TypeError",
    "loadMnist: option oneHot: wanted one of normalize, flatten, oneHotLabel",
  ],
  [() => loadMnist({ normalize: any(1) }), "TypeError", "loadMnist: normalize = 1: wanted true or false"],
  [() => loadDigit(any(undefined)), "TypeError", "loadDigit: path = undefined: wanted a text"],
  [
    () => loadDigit("nowhere.png"),
    "MissingDataError",
    "loadDigit: nowhere.png, which is not there: wanted a picture of a digit",
  ],
  [() => loadWeights(any(5)), "TypeError", "loadWeights: path = 5: wanted a text"],
  [() => loadWeights("nowhere.npz"), "MissingDataError", "loadWeights: nowhere.npz, which is not there: wanted a file"],
  [() => saveWeights(any(undefined), {}), "TypeError", "saveWeights: path = undefined: wanted a text"],
  [
    () => saveWeights("w.npz", any(undefined)),
    "TypeError",
    "saveWeights: params = undefined: wanted an object of arrays",
  ],
  [
    () => saveWeights("w.npz", any([np.zeros(2)])),
    "TypeError",
    "saveWeights: params = [float64 array of shape (2,)]: wanted an object of arrays",
  ],
  [
    () => saveWeights("w.npz", { W1: any([1, 2]) }),
    "TypeError",
    "saveWeights: params.W1 = [1, 2]: wanted an array, as np.array makes",
  ],
];

export const calls: Readonly<Record<string, GoodCall>> = {
  loadMnist: good(loadMnist, () => [{ normalize: true, flatten: true, oneHotLabel: true }]),
  loadDigit: good(loadDigit, () => ["seven.png"]),
  loadWeights: good(loadWeights, () => ["w.npz"]),
  saveWeights: good(saveWeights, () => ["w.npz", { W1: np.zeros(2) }]),
};
