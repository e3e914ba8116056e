import { compile, type TopLevelSpec } from "vega-lite";
import { parse, View } from "vega";
import type { Plot } from "../../lib/src/plots/index";

/** One drawn mark: what Vega hands to a renderer. */
export interface Item {
  readonly x: number;
  readonly y: number;
  readonly x2?: number;
  readonly y2?: number;
  readonly width: number;
  readonly height: number;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeDash?: readonly number[];
  readonly opacity?: number;
  readonly angle?: number;
  readonly size?: number;
  readonly shape?: string;
  readonly text?: unknown;
  readonly url?: string;
  readonly defined?: boolean;
  readonly datum: Record<string, unknown>;
  readonly tooltip?: Record<string, unknown>;
}

interface Mark {
  readonly marktype: string;
  readonly role: string;
  readonly items: readonly (Item & { readonly items?: readonly Mark[] })[];
}

/** What a plot looks like once Vega-Lite has compiled it and Vega has laid it out. */
export interface Scene {
  readonly warnings: readonly string[];
  /** The items of all data marks of one type, in drawing order; `line` gives the points of each line. */
  items(type: string): Item[];
  lines(): (readonly Item[])[];
  /** The texts of one role: "axis-title", "legend-label", "title-text" ... */
  texts(role: string): string[];
  /** The items of one role. */
  role(role: string): Item[];
}

/** @param act - what a reader does before looking: moves a slider, points at something */
export async function sceneOf(plot: Plot, act: (view: View) => void = () => {}): Promise<Scene> {
  const warnings: string[] = [];
  const warn = (...words: unknown[]): void => {
    // dragging wants a window, which Node has not
    if (words.join(" ") !== "Can not resolve event source: window") warnings.push(words.join(" "));
  };
  const logger = { level: () => logger, error: warn, warn, info: () => logger, debug: () => logger };
  const { spec } = compile(plot.spec as unknown as TopLevelSpec, { logger: logger as never });
  const view = new View(parse(spec), { renderer: "none", logger: logger as never });
  await view.runAsync();
  act(view);
  await view.runAsync();
  const marks = collect([(view.scenegraph() as unknown as { root: Mark }).root]);
  view.finalize();
  const role = (wanted: string): Item[] => marks.filter((mark) => mark.role === wanted).flatMap((mark) => mark.items);
  const data = (type: string): Mark[] => marks.filter((mark) => mark.marktype === type && mark.role === "mark");
  return {
    warnings,
    items: (type) => data(type).flatMap((mark) => mark.items),
    lines: () => data("line").map((mark) => mark.items),
    texts: (wanted) => role(wanted).map(({ text }) => String(text)),
    role,
  };
}

function collect(marks: readonly Mark[]): Mark[] {
  return marks.flatMap((mark) => [mark, ...mark.items.flatMap((item) => collect(item.items ?? []))]);
}
