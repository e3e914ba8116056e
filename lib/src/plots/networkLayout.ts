import * as math from "../math";

/** How the nodes of a diagram are drawn. */
export type NodeShape = "circle" | "box";

/** The position of a node: its layer, and its number in the layer from the top, both from 0. */
export type Place = readonly [layer: number, place: number];

/** An arrow from one node to another, each given as `[layer, number from the top]`, both from 0. */
export interface NetworkLink {
  /** The node at which the arrow begins. */
  readonly from: Place;
  /** The node to which the arrow points. */
  readonly to: Place;
  /** The text at the arrow. */
  readonly label?: string;
}

/** Pixels from the left and from the top. */
export type Point = readonly [x: number, y: number];

/** A node with the centre and the size at which it is drawn, in pixels. */
export interface DrawnNode {
  readonly layer: number;
  readonly place: number;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly textY: number;
  readonly width: number;
  readonly height: number;
}

export interface NodeGrid {
  readonly nodes: readonly DrawnNode[];
  readonly captions: readonly { readonly label: string; readonly x: number; readonly y: number }[];
  readonly width: number;
  readonly height: number;
}

const CIRCLE = 38;
const LINE = 15;
const GAP = { circle: { x: 92, y: 22 }, box: { x: 44, y: 22 } };
/** Pixels below the nodes for an arrow that leads back. */
const UNDER = 34;

/**
 * Places the layers side by side, each vertically centred.
 * @param leadsBack - whether an arrow needs space below the nodes
 */
export function nodeGrid(
  layers: readonly (readonly string[])[],
  shape: NodeShape,
  captions: readonly string[],
  leadsBack: boolean,
): NodeGrid {
  const size = nodeSize(layers.flat(), shape);
  const [stepX, stepY] = [size.width + GAP[shape].x, size.height + GAP[shape].y];
  const rows = Math.max(...layers.map((layer) => layer.length));
  const top = captions.length === 0 ? 2 : 30;
  const left = Math.max(2, captionOverhang(captions, size.width));
  const x = (layer: number): number => left + size.width / 2 + layer * stepX;
  const nodes = layers
    .flatMap((layer, l) =>
      layer.map((label, place) => {
        const y = top + size.height / 2 + (place + (rows - layer.length) / 2) * stepY;
        const lines = label.split("\n").length;
        return { layer: l, place, label, x: x(l), y, textY: y - ((lines - 1) * LINE) / 2, ...size };
      }),
    )
    .filter(({ label }) => label !== "");
  return {
    nodes,
    captions: captions.map((label, l) => ({ label, x: x(l), y: 8 })),
    width: x(layers.length - 1) + size.width / 2 + left,
    height: top + rows * stepY - GAP[shape].y + (leadsBack ? UNDER : 2),
  };
}

/** The size of all nodes: as large as the longest label needs, with about 7 pixels for each letter. */
function nodeSize(labels: readonly string[], shape: NodeShape): { width: number; height: number } {
  if (shape === "circle") return { width: CIRCLE, height: CIRCLE };
  const lines = labels.map((label) => label.split("\n"));
  const longest = Math.max(...lines.flat().map((line) => line.length));
  return { width: longest * 7 + 22, height: Math.max(...lines.map((all) => all.length)) * LINE + 18 };
}

function captionOverhang(captions: readonly string[], nodeWidth: number): number {
  return Math.max(0, ...captions.map((caption) => (caption.length * 7 - nodeWidth) / 2));
}

/** The path of an arrow from edge to edge: straight to a later layer; to an earlier layer, below all nodes. */
export function linkPath(from: DrawnNode, to: DrawnNode, shape: NodeShape, lowest: number): Point[] {
  if (to.layer <= from.layer) return wayBack(from, to, lowest + UNDER - 14);
  if (shape === "box")
    return [
      [from.x + from.width / 2, from.y],
      [to.x - to.width / 2, to.y],
    ];
  const length = math.hypot(to.x - from.x, to.y - from.y);
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const rim = CIRCLE / 2;
  return [
    [from.x + dx * rim, from.y + dy * rim],
    [to.x - dx * (rim + 1), to.y - dy * (rim + 1)],
  ];
}

function wayBack(from: DrawnNode, to: DrawnNode, below: number): Point[] {
  return [
    [from.x, from.y + from.height / 2],
    [from.x, below],
    [to.x, below],
    [to.x, to.y + to.height / 2],
  ];
}
