import type { NDArray } from "../ndarray";
import { floatFormat } from "./floats";
import type { Format } from "./floats";
import type { PrintOptions } from "./options";

/** The texts around and between the elements. */
export interface Frame {
  readonly separator: string;
  /** How many columns the text before the first bracket takes. */
  readonly indent: number;
}

/**
 * The text of an array in NumPy's brackets: each row begins a new line, rows that are too long are broken into several
 * lines, and blank lines separate blocks.
 */
export function layOut(x: NDArray, options: PrintOptions, { separator, indent }: Frame): string {
  const { shape, strides, data } = x;
  const summary = x.length > options.threshold;
  const format = formatOf(x, options, summary);
  const tight = separator.trimEnd();
  const block = (axis: number, position: number, hanging: string, width: number): string => {
    if (axis === shape.length) return format(data[position]);
    const last = axis === shape.length - 1;
    const items = shown(shape[axis], summary ? options.edgeitems : Infinity).map((i) =>
      i === undefined ? "..." : block(axis + 1, position + i * strides[axis], `${hanging} `, width - 1),
    );
    const body = last
      ? wrapItems(items, separator, hanging, width - Math.max(tight.length, 1))
      : items.map((item) => hanging + item).join(tight + "\n".repeat(shape.length - 1 - axis));
    return `[${body.slice(hanging.length)}]`;
  };
  return block(0, x.offset, " ".repeat(indent + 1), options.linewidth);
}

/** The indices of an axis that are written; undefined means the dots. NumPy writes the last item in any case. */
function shown(length: number, edge: number): (number | undefined)[] {
  const all = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  if (length <= 2 * edge) return all(0, length);
  return [...all(0, edge), undefined, ...all(length - Math.max(edge, 1), length)];
}

/** A line is broken before an item that does not fit, unless it is the line's first. */
function wrapItems(items: readonly string[], separator: string, hanging: string, width: number): string {
  let text = "",
    line = hanging;
  items.forEach((item, i) => {
    if (line.length + item.length > width && line.length > hanging.length) {
      text += `${line.trimEnd()}\n`;
      line = hanging;
    }
    line += item + (i < items.length - 1 ? separator : "");
  });
  return text + line;
}

function formatOf(x: NDArray, options: PrintOptions, summary: boolean): Format {
  if (x.dtype === "bool") return (value) => (value !== 0 ? (x.ndims === 0 ? "True" : " True") : "False");
  const values: number[] = [];
  // with edgeitems 0 NumPy measures the whole array
  collect(x, (summary && options.edgeitems) || Infinity, 0, x.offset, values);
  return x.dtype === "int32"
    ? integerFormat(values, options.sign)
    : floatFormat(values, x.dtype === "float32", options);
}

/** Only what is written decides the widths. */
function collect(x: NDArray, edge: number, axis: number, position: number, values: number[]): void {
  if (axis === x.ndims) values.push(x.data[position]);
  else {
    const step = x.strides[axis];
    for (const i of shown(x.shape[axis], edge)) {
      if (i !== undefined) collect(x, edge, axis + 1, position + i * step, values);
    }
  }
}

function integerFormat(values: readonly number[], sign: PrintOptions["sign"]): Format {
  const largest = values.reduce((a, b) => Math.max(a, b)),
    smallest = values.reduce((a, b) => Math.min(a, b));
  const mark = sign === "-" || (sign === " " && smallest < 0) ? "" : sign;
  const width = Math.max(`${largest}`.length + (largest >= 0 ? mark.length : 0), `${smallest}`.length);
  return (value) => ((value >= 0 ? mark : "") + value).padStart(width);
}
