import { relative } from "node:path";
import { root } from "../../tools/root";
import { writeEditions } from "../notebooks/editions";

/** Writes code, outputs and metadata of the English notebooks into the editions in other languages. */
export function make(): void {
  for (const file of writeEditions()) console.log(relative(root, file));
}
