import { checkText, got } from "../checks";
import { displayMetadata, jupyterDisplay, Output, type DisplayMetadata, type MimeBundle } from "../display";
import { host } from "../platform";
import { pngDataUri } from "./png";
import { renderPng } from "./render";
import type { VegaLiteSpec } from "./spec";
import { checkSpec, drawingError } from "./specCheck";
import { theme } from "./theme";

const VEGA_LITE = "application/vnd.vegalite.v5+json";

/**
 * A plot. A cell shows it if it is the last expression; `show()` shows it anywhere else.
 * The output has three forms: an interactive Vega-Lite chart, a PNG for viewers that run no scripts, and a sentence.
 * @example
 * const encoding = { x: { field: "x" }, y: { field: "y" } };
 * const spec = { data: { values: [{ x: 1, y: 2 }] }, mark: "point", encoding };
 * new plots.Plot(spec, "One point at (1, 2).").description; // "One point at (1, 2)."
 */
export class Plot {
  /** The Vega-Lite 5 specification, which other tools can change or draw. */
  readonly spec: VegaLiteSpec;

  /**
   * @param spec - a Vega-Lite 5 specification; its colours and fonts are this library's
   * @param description - the sentence that is shown instead of the picture if pictures cannot be seen
   * @param fileName - the name under which the plot's menu saves it, without extension
   * @throws TypeError, RangeError for a mark, a channel or a type that Vega-Lite does not know, and for other arguments
   * of a wrong kind
   */
  constructor(
    spec: VegaLiteSpec,
    /** The sentence that describes the picture. */
    readonly description: string,
    private readonly fileName = "plot",
  ) {
    checkSpec(spec);
    if (typeof description !== "string")
      throw new TypeError(`${got("Plot", "description", description)}: wanted a text`);
    checkText("Plot", "fileName", fileName);
    const $schema = "https://vega.github.io/schema/vega-lite/v5.json";
    this.spec = { $schema, description, ...spec, config: theme };
  }

  /**
   * The chart and the sentence with a blank PNG: for updates, because drawing the PNG each time would be too slow.
   * @returns the forms of the output by MIME type
   * @example Object.keys(plots.loss([2.3, 1.1]).interactiveBundle()).length; // 3
   */
  interactiveBundle(): MimeBundle {
    // without a PNG, JupyterLab draws one itself, and may then show it over the chart of a later update
    return { ...chartBundle(this, this.fileName), "image/png": blankPicture() };
  }

  /** Called by the kernel when the plot is a cell's last expression. */
  async [jupyterDisplay](): Promise<MimeBundle> {
    if (!host.assets.drawsPictures) return chartBundle(this, this.fileName);
    const { png, width, height } = await renderPng(this.spec).catch((error: unknown) => {
      throw drawingError(error);
    });
    const metadata = { ...chartMetadata(this.fileName), "image/png": { alt: this.description, width, height } };
    return { ...this.interactiveBundle(), "image/png": host.bytes.base64(png), [displayMetadata]: metadata };
  }

  /**
   * Shows the plot at the current end of the cell's output; outside a notebook it prints the sentence.
   * @param output - an output that was shown before, whose content is replaced
   * @throws TypeError when Vega cannot draw the specification
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

/** The chart and the sentence. */
function chartBundle({ spec, description }: Plot, fileName: string): MimeBundle {
  return { [VEGA_LITE]: spec, "text/plain": description, [displayMetadata]: chartMetadata(fileName) };
}

/**
 * The menu of the chart can save the picture. It has no entry for Vega's online editor, which would upload the data.
 */
function chartMetadata(fileName: string): DisplayMetadata {
  const actions = { export: true, source: false, compiled: false, editor: false };
  return { [VEGA_LITE]: { embed_options: { downloadFileName: fileName, actions } } };
}

let blank: string | undefined;

/** A PNG of one white pixel, in base64. */
function blankPicture(): string {
  return (blank ??= pngDataUri(Uint8Array.of(0), 1, [[255, 255, 255]]).split(",")[1]);
}
