import type { NetworkLink, NodeShape, Place } from "./networkLayout";

type Layers = readonly (readonly string[])[];

/** What a node-link diagram shows, read along its arrows: a flow chart as the order of its steps. */
export function networkText(
  layers: Layers,
  arrows: readonly NetworkLink[],
  { shape, captions, full }: { shape: NodeShape; captions: readonly string[]; full: boolean },
): string {
  const present = layers.map((layer) => layer.filter((label) => label !== ""));
  // from each node to all of the next layer: only where there is one in each is that a flow
  const isFlow = shape === "box" && arrows.length > 0 && (!full || present.every((layer) => layer.length === 1));
  if (isFlow) return `Flow chart: ${flowText(layers, arrows)}.`;
  const above = captions.length === 0 ? "" : ` (${captions.join(", ")})`;
  const opening = `Diagram of ${layers.length} layer${layers.length === 1 ? "" : "s"}${above}: ${contentsOf(present)}.`;
  if (arrows.length === 0) return opening;
  if (full) return `${opening} Arrows from each node to all of the next layer.`;
  const texts = arrows.map(
    ({ from, to, label = "" }) => `${name(layers, from)} to ${name(layers, to)}${inBrackets(label)}`,
  );
  return `${opening} Arrows: ${texts.join(", ")}.`;
}

/** A node's text in one line. */
export function name(layers: Layers, [layer, place]: Place): string {
  return oneLine(layers[layer][place]);
}

function oneLine(label: string): string {
  return label.trim() === "" ? "a node" : label.replace(/\n/g, " ");
}

function contentsOf(present: Layers): string {
  const named = present.some((layer) => layer.some((label) => label.trim() !== ""));
  if (!named) return `${present.map((layer) => layer.length).join("-")} nodes`;
  return present.map((layer) => layer.map(oneLine).join(", ")).join("; ");
}

function inBrackets(label: string): string {
  return label === "" ? "" : ` (${label})`;
}

function flowText(layers: Layers, arrows: readonly NetworkLink[]): string {
  const flows = chains(arrows).map((chain) => {
    const passed = new Set([String(chain[0].from)]);
    const steps = chain.map(({ to, label = "" }) => {
      const back = passed.has(String(to)) ? " back to" : "";
      passed.add(String(to));
      return `then${inBrackets(label)}${back} ${name(layers, to)}`;
    });
    return [name(layers, chain[0].from), ...steps].join(", ");
  });
  const joined = new Set(arrows.flatMap(({ from, to }) => [String(from), String(to)]));
  const alone = layers.flatMap((layer, l) =>
    layer.filter((label, place) => label !== "" && !joined.has(String([l, place]))).map(oneLine),
  );
  return [...flows, ...(alone.length === 0 ? [] : [`without an arrow: ${alone.join(", ")}`])].join("; ");
}

/** The arrows in chains: each begins, if it can, where no other arrow leads, and goes on as far as there are arrows. */
function chains(arrows: readonly NetworkLink[]): NetworkLink[][] {
  const unused = new Set(arrows);
  const isEntered = ({ from }: NetworkLink): boolean => [...unused].some(({ to }) => String(to) === String(from));
  const found: NetworkLink[][] = [];
  while (unused.size > 0) {
    const chain: NetworkLink[] = [];
    let next: NetworkLink | undefined = [...unused].find((arrow) => !isEntered(arrow)) ?? [...unused][0];
    while (next !== undefined) {
      const { to }: NetworkLink = next;
      unused.delete(next);
      chain.push(next);
      next = [...unused].find(({ from }) => String(from) === String(to));
    }
    found.push(chain);
  }
  return found;
}
