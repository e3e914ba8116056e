export { loadDigit } from "./digit";
export { FileFormatError, MissingDataError } from "./errors";
export { loadMnist, type Mnist, type MnistOptions } from "./mnist";
export { loadWeights, saveWeights, type Weights } from "./weights";
