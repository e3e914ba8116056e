/** Folders with MNIST's four files as .gz. The first is the one that the book's loader uses. */
const MNIST = ["https://ossci-datasets.s3.amazonaws.com/mnist", "https://storage.googleapis.com/cvdf-datasets/mnist"];

/** The book's own repository, chapter 3. */
const BOOK = ["https://raw.githubusercontent.com/oreilly-japan/deep-learning-from-scratch/master/ch03"];

/** The addresses of a file, in the order in which they are tried. */
export function publicAddresses(name: string): string[] {
  return (name.endsWith(".pkl") ? BOOK : MNIST).map((folder) => `${folder}/${name}`);
}
