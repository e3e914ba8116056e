import { readFileSync } from "node:fs";

export interface Output {
  output_type: "stream" | "execute_result" | "display_data" | "error";
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
}

export interface Cell {
  id: string;
  cell_type: "code" | "markdown" | "raw";
  source: string | string[];
  metadata: { source?: string[]; variant?: "as-written" | "corrected"; tags?: string[] };
  outputs?: Output[];
}

export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
}

export function readNotebook(file: string): Notebook {
  return JSON.parse(readFileSync(file, "utf8")) as Notebook;
}

/** nbformat stores a text as one string or as a list of lines. */
export const joined = (text: string | string[] | undefined): string => (Array.isArray(text) ? text.join("") : (text ?? ""));

/** The lines of an output as a reader sees them. */
export function outputLines(output: Output): string[] {
  const text = output.output_type === "stream" ? joined(output.text) : joined(output.data?.["text/plain"] as string | string[] | undefined);
  return text.replace(/\n$/, "").split("\n");
}
