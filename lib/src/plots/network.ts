import { checkFunction, checkOptions, checkText, checkTexts, got } from "../checks";
import { arrowHead, headAngle, headArea } from "./arrows";
import {
  linkPath,
  nodeGrid,
  type DrawnNode,
  type NetworkLink,
  type NodeShape,
  type Place,
  type Point,
} from "./networkLayout";
import { name, networkText } from "./networkText";
import { Plot } from "./plot";
import { palette } from "./theme";

/** The options of `plots.network`. */
export interface NetworkOptions {
  /** The arrows; by default one from each node to each node of the next layer. */
  readonly links?: readonly NetworkLink[];
  /** Gives the text at the default arrow from node `from` of a layer to node `to` of the next layer. */
  readonly linkLabel?: (layer: number, from: number, to: number) => string;
  /** One line of text above each layer. */
  readonly captions?: readonly string[];
  /** Circles for neurons, boxes for steps of work. */
  readonly shape?: NodeShape;
  /** The title above the plot. */
  readonly title?: string;
}

interface DrawnLink {
  readonly text: string;
  readonly label: string;
  readonly path: readonly Point[];
}

/** With more nodes the arrows could not be distinguished; plots.weights plots the weights of a large network. */
const MOST_IN_A_LAYER = 16;

/**
 * Plots a node-link diagram with layers from left to right: neurons and their weights, or boxes and the order of steps.
 *
 * @param layers - the number of nodes of each layer, or the texts in its nodes; for an empty text no node is drawn
 * @param options - `links`, `linkLabel`, `captions`, `shape`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError if there is no layer, a layer is empty or too large, a link leads to no node, or there is not one
 * caption for each layer
 * @example
 * plots.network([["x1", "x2"], ["y"]], { linkLabel: (_, from) => `w${from + 1}` }).description;
 * // "Diagram of 2 layers: x1, x2; y. Arrows: x1 to y (w1), x2 to y (w2)."
 */
export function network(layers: readonly number[], options?: NetworkOptions): Plot;
export function network(layers: readonly (readonly string[])[], options?: NetworkOptions): Plot;
export function network(
  layers: readonly number[] | readonly (readonly string[])[],
  options: NetworkOptions = {},
): Plot {
  const named = readLayers(layers);
  readSettings(options);
  const { shape = "circle", captions = [], title } = options;
  if (captions.length > 0 && captions.length !== named.length) {
    throw new RangeError(`network: ${captions.length} captions and ${named.length} layers: wanted as many`);
  }
  const wanted = options.links ?? fullLinks(named, options.linkLabel);
  const grid = nodeGrid(
    named,
    shape,
    captions,
    wanted.some(({ from, to }) => to[0] <= from[0]),
  );
  const links = wanted.map((link) => drawLink(grid.nodes, link, shape, named));
  const spec = {
    title,
    width: grid.width,
    height: grid.height,
    view: { stroke: null },
    encoding: { x: axis("x", grid.width), y: { ...axis("y", grid.height), sort: "descending" } },
    layer: [...linkLayers(links), ...nodeLayers(grid.nodes, shape), ...captionLayer(grid.captions)],
  };
  return new Plot(
    spec,
    networkText(named, wanted, {
      shape,
      captions,
      full: options.links === undefined && options.linkLabel === undefined,
    }),
    "network",
  );
}

function readLayers(layers: readonly number[] | readonly (readonly string[])[]): string[][] {
  if (!Array.isArray(layers)) throw new TypeError(`${got("network", "layers", layers)}: wanted a list of layers`);
  if (layers.length === 0) throw new RangeError("network: layers = []: wanted at least one layer");
  return (layers as readonly (number | readonly string[])[]).map((layer, i) => {
    if (typeof layer !== "number" && !isListOfTexts(layer)) {
      throw new TypeError(`${got("network", `layers[${i}]`, layer)}: wanted a number of nodes or a list of texts`);
    }
    const size = typeof layer === "number" ? layer : layer.filter((label) => label !== "").length;
    if (!Number.isInteger(size) || size < 1 || size > MOST_IN_A_LAYER) {
      throw new RangeError(
        `network: layers[${i}] of ${size} nodes: wanted a whole number from 1 to ${MOST_IN_A_LAYER}`,
      );
    }
    return typeof layer === "number" ? new Array<string>(layer).fill(" ") : [...layer];
  });
}

function readSettings(options: NetworkOptions): void {
  checkOptions("network", options, ["links", "linkLabel", "captions", "shape", "title"]);
  checkTexts("network", options, ["title"]);
  const { links, linkLabel, captions, shape } = options;
  if (linkLabel !== undefined) checkFunction("network", "linkLabel", linkLabel);
  if (captions !== undefined && !isListOfTexts(captions))
    throw new TypeError(`${got("network", "captions", captions)}: wanted a list of texts`);
  if (shape !== undefined && !["circle", "box"].includes(shape))
    throw new RangeError(`${got("network", "shape", shape)}: wanted "circle" or "box"`);
  if (links === undefined) return;
  if (!Array.isArray(links)) throw new TypeError(`${got("network", "links", links)}: wanted a list of links`);
  links.forEach((link, i) => checkLink(`links[${i}]`, link));
}

function checkLink(name: string, link: NetworkLink): void {
  const { from, to, label } = (link ?? {}) as Partial<NetworkLink>;
  const whole = [from, to].every((place) => Array.isArray(place) && place.length === 2);
  if (!whole)
    throw new TypeError(`${got("network", name, link)}: wanted from and to, each as [layer, number from the top]`);
  checkText("network", `${name}.label`, label);
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function fullLinks(layers: readonly string[][], linkLabel: NetworkOptions["linkLabel"]): NetworkLink[] {
  return layers
    .slice(1)
    .flatMap((next, layer) =>
      layers[layer].flatMap((source, from) =>
        next.flatMap((target, to) =>
          source === "" || target === ""
            ? []
            : ([{ from: [layer, from], to: [layer + 1, to], label: linkLabel?.(layer, from, to) }] as const),
        ),
      ),
    );
}

function drawLink(
  nodes: readonly DrawnNode[],
  { from, to, label = "" }: NetworkLink,
  shape: NodeShape,
  layers: readonly string[][],
): DrawnLink {
  const [source, target] = [find(nodes, from), find(nodes, to)];
  const text = `${name(layers, from)} to ${name(layers, to)}`;
  return {
    text,
    label,
    path: linkPath(source, target, shape, Math.max(...nodes.map((node) => node.y + node.height / 2))),
  };
}

function find(nodes: readonly DrawnNode[], [layer, place]: Place): DrawnNode {
  const node = nodes.find((candidate) => candidate.layer === layer && candidate.place === place);
  if (node === undefined)
    throw new RangeError(`network: a link of node [${layer}, ${place}]: wanted a node that is there`);
  return node;
}

function axis(field: string, size: number): object {
  return { field, type: "quantitative", axis: null, scale: { domain: [0, size], nice: false, zero: false } };
}

function linkLayers(links: readonly DrawnLink[]): object[] {
  const points = links.flatMap(({ text, path }, link) => path.map(([x, y], step) => ({ link, step, text, x, y })));
  const heads = links.map(({ text, path }) => ({ text, ...head(path) }));
  const labels = links.filter(({ label }) => label !== "").map(({ label, path }) => ({ label, ...labelPlace(path) }));
  const tooltip = { field: "text", title: "arrow" };
  const text = { text: { field: "label" } };
  return [
    {
      data: { values: points },
      mark: { type: "line", color: palette.grey, strokeWidth: 1.2, strokeJoin: "round" },
      encoding: { detail: { field: "link" }, order: { field: "step" }, tooltip },
    },
    {
      data: { values: heads },
      mark: { type: "point", shape: arrowHead, filled: true, color: palette.grey, opacity: 1 },
      encoding: { angle: { field: "angle", type: "quantitative", scale: null }, size: { value: headArea(8) }, tooltip },
    },
    // a white outline keeps a label readable if arrows cross it
    { data: { values: labels }, mark: { type: "text", fontSize: 11, stroke: "white", strokeWidth: 4 }, encoding: text },
    { data: { values: labels }, mark: { type: "text", fontSize: 11, color: palette.ink }, encoding: text },
  ];
}

function head(path: readonly Point[]): object {
  const [[x1, y1], [x, y]] = path.slice(-2);
  return { x, y, angle: headAngle(x - x1, y - y1) };
}

/** The position of an arrow's label: nearer to the start, where the arrows from different nodes are still apart. */
function labelPlace(path: readonly Point[]): object {
  const middle = Math.floor((path.length - 1) / 2);
  const [[x1, y1], [x2, y2]] = [path[middle], path[middle + 1]];
  const share = path.length === 2 ? 0.4 : 0.5;
  return { x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share };
}

function nodeLayers(nodes: readonly DrawnNode[], shape: NodeShape): object[] {
  const values = nodes.map((node) => ({
    ...node,
    left: node.x - node.width / 2,
    right: node.x + node.width / 2,
    top: node.y - node.height / 2,
    bottom: node.y + node.height / 2,
  }));
  const outline = { fill: "white", stroke: palette.blue, strokeWidth: 1.6, opacity: 1 };
  const box = {
    x: { field: "left", type: "quantitative" },
    x2: { field: "right" },
    y: { field: "top", type: "quantitative" },
    y2: { field: "bottom" },
  };
  const mark =
    shape === "circle"
      ? { mark: { type: "circle", ...outline, size: nodes[0].width * nodes[0].width } }
      : { mark: { type: "rect", ...outline, cornerRadius: 5 }, encoding: box };
  return [
    { data: { values }, ...mark },
    {
      data: { values },
      mark: { type: "text", fontSize: 12, lineBreak: "\n", color: palette.ink, lineHeight: 15, baseline: "middle" },
      encoding: { text: { field: "label" }, y: { field: "textY", type: "quantitative" } },
    },
  ];
}

function captionLayer(captions: readonly object[]): object[] {
  return [
    {
      data: { values: captions },
      mark: { type: "text", fontSize: 12, color: palette.grey },
      encoding: { text: { field: "label" } },
    },
  ];
}
