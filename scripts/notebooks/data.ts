import { chosenFolder, dataFolder, findFile } from "../../lib/src/data/locate";
import type { DataAtHand } from "./verify";

/** Which of the fetched files a run will find; the library looks in the same folders. */
export function dataAtHand(): DataAtHand {
  const folders = [chosenFolder(), dataFolder].filter((folder) => folder !== undefined);
  const found = (name: string): boolean => folders.some((folder) => findFile(folder, name) !== undefined);
  return { mnist: found("t10k-images-idx3-ubyte"), weights: found("sample_weight.pkl") };
}

/** The set of expectations that goes with the data at hand. */
export const dataSet = ({ mnist }: DataAtHand): "mnist" | "digits" => (mnist ? "mnist" : "digits");
