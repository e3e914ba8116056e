import type { DType, NDArray, Nested, Operand, RowDType, SameKind } from "./ndarray";

/** An array of floats, whose arithmetic is float64. */
export type FloatArray = NDArray<"float64" | "float32">;

/** Of two operands, broadcast to one shape; `out` receives the result in place. */
export interface BinaryFunction {
  /**
   * @param a - an array, nested lists or a single value
   * @param b - the same; its shape and that of `a` broadcast to one
   * @param options - `out`: an array of the result's shape that receives the result in place
   * @returns a number for two numbers, true or false for two of those, else an array; float64 of floats, int32 of int32
   */
  <A extends boolean, B extends boolean>(a: A, b: B): SameKind<A | B, "bool">;
  <A extends number | boolean, B extends number | boolean>(a: A, b: B): SameKind<A | B, RowDType<A | B>>;
  <O extends NDArray>(a: Operand, b: Operand, options: { out: O }): O;
  (a: FloatArray, b: Operand): NDArray<"float64">;
  (a: Operand, b: FloatArray): NDArray<"float64">;
  (a: Operand, b: Operand): NDArray;
}

/** Of two operands, always float64. */
export interface FloatBinaryFunction {
  /**
   * @param a - an array, nested lists or a single value
   * @param b - the same; its shape and that of `a` broadcast to one
   * @param options - `out`: an array of the result's shape that receives the result in place
   * @returns a number for two single values, else a float64 array
   */
  <A extends number | boolean, B extends number | boolean>(a: A, b: B): SameKind<A | B, "float64">;
  <O extends NDArray>(a: Operand, b: Operand, options: { out: O }): O;
  (a: Operand, b: Operand): NDArray<"float64">;
}

/** Of one operand; `out` receives the result in place. */
export interface UnaryFunction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `out`: an array of the result's shape that receives the result in place
   * @returns a number for a number, else an array of the same shape; float64 of floats, int32 of int32
   */
  <X extends boolean>(x: X): SameKind<X, "bool">;
  <X extends number>(x: X): SameKind<X, RowDType<X>>;
  <O extends NDArray>(x: Operand, options: { out: O }): O;
  <T extends DType>(x: NDArray<T>): NDArray<T extends "float32" ? "float64" : T>;
  (x: Operand): NDArray;
}

/** Of one operand, always float64. */
export interface FloatUnaryFunction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `out`: an array of the result's shape that receives the result in place
   * @returns a number for a single value, else a float64 array of the same shape
   */
  <X extends number | boolean>(x: X): SameKind<X, "float64">;
  <O extends NDArray>(x: Operand, options: { out: O }): O;
  (x: Operand): NDArray<"float64">;
}

/** Of two operands; booleans count as integers. */
export interface IntegerBinaryFunction {
  /**
   * @param a - an array, nested lists or a single value
   * @param b - the same; its shape and that of `a` broadcast to one
   * @param options - `out`: an array of the result's shape that receives the result in place
   * @returns a number for two single values, else an array; float64 of floats, int32 of int32
   */
  <A extends number | boolean, B extends number | boolean>(a: A, b: B): SameKind<A | B, RowDType<A | B>>;
  <O extends NDArray>(a: Operand, b: Operand, options: { out: O }): O;
  (a: FloatArray, b: Operand): NDArray<"float64">;
  (a: Operand, b: FloatArray): NDArray<"float64">;
  (a: NDArray<"int32" | "bool">, b: NDArray<"int32" | "bool">): NDArray<"int32">;
  (a: Operand, b: Operand): NDArray;
}

/** Of one operand; booleans count as integers, or are refused. */
export interface IntegerUnaryFunction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `out`: an array of the result's shape that receives the result in place
   * @returns a number for a single value, else an array of the same shape; float64 of floats, int32 of int32
   */
  <X extends number | boolean>(x: X): SameKind<X, RowDType<X>>;
  <O extends NDArray>(x: Operand, options: { out: O }): O;
  (x: FloatArray): NDArray<"float64">;
  (x: NDArray<"int32" | "bool">): NDArray<"int32">;
  (x: Operand): NDArray;
}

/**
 * `axis`: one axis or several; a negative one counts from the last; without it all axes are reduced. `keepdims` keeps
 * the reduced axes with a length of 1.
 */
export interface AxisOptions {
  readonly axis?: number | readonly number[];
  readonly keepdims?: boolean;
  /** An array of the result's shape that receives the result. */
  readonly out?: NDArray;
}

/** Without options a number; along `axis` an array. */
export interface Reduction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `axis`: one axis or several, -1 is the last; `keepdims`: true leaves them with a length of 1;
   *   `out`: an array of the result's shape that receives it
   * @returns a number without options, else an array
   */
  (x: Operand): number;
  <O extends NDArray>(x: Operand, options: AxisOptions & { out: O }): O;
  (x: NDArray<"float64" | "float32">, options: AxisOptions): NDArray<"float64">;
  (x: Operand, options: AxisOptions): NDArray;
}

/** Without options a number, or a boolean if x is bool; along `axis` an array. */
export interface ExtremeReduction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `axis`: one axis or several, -1 is the last; `keepdims`: true leaves them with a length of 1;
   *   `out`: an array of the result's shape that receives it
   * @returns without options a number, or a boolean if x is bool; else an array
   */
  (x: NDArray<"bool"> | Nested<boolean> | boolean): boolean;
  (x: Operand): number;
  <O extends NDArray>(x: Operand, options: AxisOptions & { out: O }): O;
  (x: NDArray<"float64" | "float32">, options: AxisOptions): NDArray<"float64">;
  (x: Operand, options: AxisOptions): NDArray;
}

/** Without options a number; along `axis` a float64 array. */
export interface FloatReduction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `axis`: one axis or several, -1 is the last; `keepdims`: true leaves them with a length of 1;
   *   `out`: an array of the result's shape that receives it
   * @returns a number without options, else a float64 array
   */
  (x: Operand): number;
  <O extends NDArray>(x: Operand, options: AxisOptions & { out: O }): O;
  (x: Operand, options: AxisOptions): NDArray<"float64">;
}

/** Whether all or any are true: without options a boolean; along `axis` a bool array. */
export interface TruthReduction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `axis`: one axis or several, -1 is the last; `keepdims`: true leaves them with a length of 1;
   *   `out`: an array of the result's shape that receives it
   * @returns true or false without options, else a bool array
   */
  (x: Operand): boolean;
  <O extends NDArray>(x: Operand, options: AxisOptions & { out: O }): O;
  (x: Operand, options: AxisOptions): NDArray<"bool">;
}
