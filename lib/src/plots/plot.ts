import { checkText, got } from "../checks";
import { displayMetadata, jupyterDisplay, Output, type DisplayMetadata, type MimeBundle } from "../display";
import { host } from "../platform";
import { pngDataUri } from "./png";
import { renderPng } from "./render";
import type { VegaLiteSpec } from "./spec";
import { theme } from "./theme";

const VEGA_LITE = "application/vnd.vegalite.v5+json";

/**
 * A picture: the last expression of a cell shows it, `show()` shows it from anywhere else.
 * It goes out as an interactive Vega-Lite chart, a PNG for where no script runs, and a sentence.
 * @example
 * const encoding = { x: { field: "x" }, y: { field: "y" } };
 * const spec = { data: { values: [{ x: 1, y: 2 }] }, mark: "point", encoding };
 * new plots.Plot(spec, "One point at (1, 2).").description; // "One point at (1, 2)."
 */
export class Plot {
  /** The Vega-Lite 5 specification, to be changed or drawn by other tools. */
  readonly spec: VegaLiteSpec;

  /**
   * @param spec - a Vega-Lite 5 specification; its colours and fonts are this library's
   * @param description - the sentence that stands for the picture where pictures cannot be seen
   * @param fileName - what its menu saves it as, without the ending
   */
  constructor(
    spec: VegaLiteSpec,
    /** The sentence that stands for the picture. */
    readonly description: string,
    private readonly fileName = "plot",
  ) {
    if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
      throw new TypeError(`${got("Plot", "spec", spec)}: wanted a Vega-Lite specification, an object`);
    }
    if (typeof description !== "string")
      throw new TypeError(`${got("Plot", "description", description)}: wanted a text`);
    checkText("Plot", "fileName", fileName);
    const $schema = "https://vega.github.io/schema/vega-lite/v5.json";
    this.spec = { $schema, description, ...spec, config: theme };
  }

  /**
   * The chart and the sentence with a blank picture: for updates, where drawing one would be too slow.
   * @returns what a cell's output holds, by MIME type
   * @example Object.keys(plots.loss([2.3, 1.1]).interactiveBundle()).length; // 3
   */
  interactiveBundle(): MimeBundle {
    // without any, JupyterLab draws one of its own and may put it over that of a later update
    const bundle = { [VEGA_LITE]: this.spec, "text/plain": this.description, "image/png": blankPicture() };
    return { ...bundle, [displayMetadata]: this.chartMetadata() };
  }

  /** Its menu saves the picture. Vega's online editor is left out, since that would send the data away. */
  private chartMetadata(): DisplayMetadata {
    const actions = { export: true, source: false, compiled: false, editor: false };
    return { [VEGA_LITE]: { embed_options: { downloadFileName: this.fileName, actions } } };
  }

  /** Called by the kernel when the plot is a cell's last expression. */
  async [jupyterDisplay](): Promise<MimeBundle> {
    const { png, width, height } = await renderPng(this.spec);
    const metadata = { ...this.chartMetadata(), "image/png": { alt: this.description, width, height } };
    return { ...this.interactiveBundle(), "image/png": host.bytes.base64(png), [displayMetadata]: metadata };
  }

  /**
   * Shows the plot at this point of the cell's output; outside a notebook it prints the sentence.
   * @param output - a place that was shown before, to be replaced
   * @throws Error when Vega cannot draw the specification
   * @example await plots.loss([2.3, 1.1, 0.4]).show();
   */
  async show(output: Output = new Output()): Promise<void> {
    if (!(output instanceof Output)) throw new TypeError(`${got("Plot.show", "output", output)}: wanted an Output`);
    if (output.connected) output.show(await this[jupyterDisplay]());
    else console.log(this.description);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.description;
  }
}

let blank: string | undefined;

/** A PNG of one white pixel, in base64. */
function blankPicture(): string {
  return (blank ??= pngDataUri(Uint8Array.of(0), 1, [[255, 255, 255]]).split(",")[1]);
}
