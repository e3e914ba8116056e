import type { DType } from "./ndarray";

/** The dtype that joined arrays share: the widest of float64, float32, int32, bool. */
export function promoteAll(dtypes: readonly DType[]): DType {
  return dtypes.reduce((a, b) => {
    if (a === b) return a;
    if (a === "bool") return b;
    if (b === "bool") return a;
    return "float64";
  });
}

/** The dtype of arithmetic: a float operand makes float64 (float32 is storage only), else int32 unless all are bool. */
export function arithmeticDType(a: DType, b: DType): "float64" | "int32" | "bool" {
  if (a.startsWith("float") || b.startsWith("float")) return "float64";
  return a === "int32" || b === "int32" ? "int32" : "bool";
}

/** The dtype of a single JavaScript value beside an array: whole numbers are integers. */
export function scalarDType(value: number | boolean): DType {
  if (typeof value === "boolean") return "bool";
  return value === (value | 0) ? "int32" : "float64";
}
