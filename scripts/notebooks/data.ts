import { dataFolders, hasFile } from "../../tools/mnistFolder";
import type { DataAtHand } from "./verify";

/** Which of the fetched files a run will find; the library looks in the same folders. */
export function dataAtHand(): DataAtHand {
  const found = (name: string): boolean => dataFolders.some((folder) => hasFile(folder, name));
  return { mnist: found("t10k-images-idx3-ubyte"), weights: found("sample_weight.pkl") };
}

/** The set of expectations that goes with the data at hand. */
export const dataSet = ({ mnist }: DataAtHand): "mnist" | "digits" => (mnist ? "mnist" : "digits");
