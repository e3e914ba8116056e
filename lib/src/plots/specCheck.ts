import { got } from "../checks";

const MARKS = [
  ..."arc area bar boxplot circle errorband errorbar geoshape image".split(" "),
  ..."line point rect rule square text tick trail".split(" "),
];
const CHANNELS = [
  ..."x y x2 y2 xOffset yOffset xError xError2 yError yError2 longitude latitude longitude2 latitude2".split(" "),
  ..."theta theta2 radius radius2 color fill stroke opacity fillOpacity strokeOpacity strokeWidth strokeDash".split(
    " ",
  ),
  ..."size angle shape detail key text tooltip href url description order facet row column".split(" "),
];
const TYPES = ["quantitative", "temporal", "ordinal", "nominal", "geojson"];
/** What a view may be made of in place of a mark. */
const VIEWS = ["layer", "hconcat", "vconcat", "concat"];

/**
 * Finds what beginners misspell or forget in a Vega-Lite specification. Vega-Lite has no words for that: of a misspelt
 * mark it says "Cannot read properties of undefined", and it leaves out an unknown channel.
 *
 * @throws TypeError, RangeError with the place in the specification
 */
export function checkSpec(spec: unknown, place = "spec"): void {
  if (!isObject(spec)) throw new TypeError(`${got("Plot", place, spec)}: wanted a Vega-Lite specification, an object`);
  const { data, transform, encoding } = spec;
  if (data !== undefined && data !== null && !isData(data))
    throw new TypeError(`${got("Plot", `${place}.data`, data)}: wanted an object, as { values: [...] }`);
  if (transform !== undefined && !Array.isArray(transform))
    throw new TypeError(`${got("Plot", `${place}.transform`, transform)}: wanted a list`);
  if (encoding !== undefined) checkEncoding(encoding, `${place}.encoding`);
  const views = VIEWS.filter((name) => spec[name] !== undefined);
  for (const name of views) checkViews(spec[name], `${place}.${name}`);
  if (spec.spec !== undefined) checkSpec(spec.spec, `${place}.spec`);
  else if (views.length === 0) checkMark(spec.mark, place);
}

function isData(data: unknown): boolean {
  return isObject(data) && ["values", "url", "name", "sequence", "sphere", "graticule"].some((kind) => kind in data);
}

function checkViews(views: unknown, place: string): void {
  if (!Array.isArray(views) || views.length === 0)
    throw new TypeError(`${got("Plot", place, views)}: wanted a list of specifications`);
  for (const [i, view] of views.entries()) checkSpec(view, `${place}[${i}]`);
}

function checkMark(mark: unknown, place: string): void {
  if (mark === undefined)
    throw new TypeError(`Plot: ${place} without mark: wanted a mark or one of ${VIEWS.join(", ")}`);
  const type = isObject(mark) ? mark.type : mark;
  if (MARKS.includes(type as string)) return;
  const name = isObject(mark) ? "mark.type" : "mark";
  throw new RangeError(`${got("Plot", `${place}.${name}`, type)}: wanted one of ${MARKS.join(", ")}`);
}

function checkEncoding(encoding: unknown, place: string): void {
  if (!isObject(encoding))
    throw new TypeError(`${got("Plot", place, encoding)}: wanted an object, as { x: { field: "x" } }`);
  for (const [channel, definition] of Object.entries(encoding)) {
    if (!CHANNELS.includes(channel))
      throw new RangeError(`Plot: ${place}.${channel}: wanted one of ${CHANNELS.join(", ")}`);
    for (const part of Array.isArray(definition) ? (definition as unknown[]) : [definition]) {
      if (part === undefined || part === null) continue;
      if (!isObject(part))
        throw new TypeError(`${got("Plot", `${place}.${channel}`, part)}: wanted an object, as { field: "x" }`);
      if (part.type !== undefined && !TYPES.includes(part.type as string))
        throw new RangeError(
          `${got("Plot", `${place}.${channel}.type`, part.type)}: wanted one of ${TYPES.join(", ")}`,
        );
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const LONGEST = 160;

/** What Vega says about a specification that it cannot draw, in the form of our messages. */
export function drawingError(error: unknown): TypeError {
  const message = error instanceof Error ? error.message : String(error);
  const text = message.length > LONGEST ? `${message.slice(0, LONGEST)}...` : message;
  return new TypeError(`Plot: spec that Vega refuses (${text}): wanted one that it can draw`, { cause: error });
}
