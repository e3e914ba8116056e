/** Folders that hold MNIST's four files as .gz, the first being the one that the book's loader uses. */
const MNIST = ["https://ossci-datasets.s3.amazonaws.com/mnist", "https://storage.googleapis.com/cvdf-datasets/mnist"];

/** The book's own repository, chapter 3. */
const BOOK = ["https://raw.githubusercontent.com/oreilly-japan/deep-learning-from-scratch/master/ch03"];

/** Where a file can be had, in the order to try. */
export function publicAddresses(name: string): string[] {
  return (name.endsWith(".pkl") ? BOOK : MNIST).map((folder) => `${folder}/${name}`);
}
