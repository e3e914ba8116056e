/** A Vega-Lite 5 specification as a plain object. */
export interface VegaLiteSpec {
  readonly [property: string]: unknown;
}
