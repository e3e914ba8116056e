import { got } from "../checks";
import { palette } from "./theme";
import { finiteNumbers, type Numbers } from "./values";

const COLOURS = [
  palette.vermillion,
  palette.blue,
  palette.green,
  palette.purple,
  palette.orange,
  palette.sky,
  palette.ink,
];
/** One more than colours, so that each of the first 56 classes has a pair of its own. */
const SHAPES = [
  "square",
  "circle",
  "triangle-up",
  "diamond",
  "cross",
  "triangle-down",
  "triangle-right",
  "triangle-left",
];
/** A legend of more classes could not be read. */
export const MOST_CLASSES = 20;

/** A class as pictures name it: a whole number or a text. */
export type ClassName = number | string;

/** The classes that occur, in the order of the legend: numbers ascending, texts as they first occur. */
export function distinct<T extends ClassName>(classes: readonly T[]): T[] {
  const found = [...new Set(classes)];
  return found.every((name) => typeof name === "number") ? found.sort((a, b) => Number(a) - Number(b)) : found;
}

/** @throws RangeError if a picture would have too many classes */
export function checkClasses(caller: string, argument: string, classes: readonly ClassName[]): void {
  if (classes.length > MOST_CLASSES)
    throw new RangeError(`${caller}: ${argument} of ${classes.length} classes: wanted at most ${MOST_CLASSES}`);
}

/**
 * Whole numbers, one for each point.
 * @throws RangeError with the first that is none
 */
export function wholeNumbers(caller: string, argument: string, given: Numbers): number[] {
  const labels = finiteNumbers(caller, argument, given);
  const at = labels.findIndex((label) => !Number.isSafeInteger(label));
  if (at >= 0) throw new RangeError(`${got(caller, `${argument}[${at}]`, labels[at])}: wanted a whole number`);
  return labels;
}

/** The mark of the points: smaller if there are many, with a white rim where they touch. */
export function pointMark(count: number): object {
  const size = count <= 10 ? 140 : Math.max(10, Math.min(60, 12000 / count));
  return {
    type: "point",
    filled: true,
    size,
    opacity: 1,
    stroke: "white",
    strokeWidth: size < 30 ? 0.4 : 1,
    clip: true,
  };
}

/** Colour and shape of the points of each class, and one legend for both. The field holds the class as a text. */
export function classChannels(field: string, classes: readonly ClassName[], title: string | null): object {
  const domain = classes.map(String);
  const places = placesOf(classes);
  const legend = { title, orient: "right", symbolSize: 120 };
  const channel = { field, type: "nominal", legend };
  return {
    color: { ...channel, scale: { domain, range: places.map((i) => COLOURS[i % COLOURS.length]) } },
    shape: { ...channel, scale: { domain, range: places.map((i) => SHAPES[i % SHAPES.length]) } },
  };
}

/** The colours of the areas of the classes: those of their points, so pale that points can be seen on them. */
export function areaColours(classes: readonly ClassName[]): string[] {
  return placesOf(classes).map((i) => pale(COLOURS[i % COLOURS.length]));
}

/** A small class number always has the same colour, also in a picture in which smaller ones do not occur. */
function placesOf(classes: readonly ClassName[]): number[] {
  const small = classes.every((name) => typeof name === "number" && name >= 0 && name < MOST_CLASSES);
  return classes.map((name, i) => (small ? Number(name) : i));
}

/** A fifth of the colour, and white. */
function pale(colour: string): string {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(255 + (part - 255) * 0.2)).join(",")})`;
}
