import type { EmbedOptions, Result, VisualizationSpec } from "vega-embed";

/** Charts, drawn by Vega, whose code is loaded when the first chart comes into view. */

export const CHART = "application/vnd.vegalite.v5+json";

/** The smallest size of a chart, as a share of its own. */
const SMALLEST = 0.7;

const drawn = new WeakMap<HTMLElement, Promise<Result>>();

/** Draws a Vega-Lite specification into an element, in the place of an earlier chart there. */
export async function drawChart(element: HTMLElement, specification: unknown, options: EmbedOptions): Promise<void> {
  const { default: embed } = await import("vega-embed");
  const earlier = await drawn.get(element)?.catch(() => undefined);
  const host = document.createElement("div");
  const result = embed(host, specification as VisualizationSpec, { renderer: "svg", ...options });
  drawn.set(element, result);
  await result;
  const svg = host.querySelector<SVGElement>("svg.marks");
  // on a narrow page it gets smaller, as far as its texts can be read; the rest can be scrolled to
  if (svg) svg.style.cssText += `height: auto; max-width: max(100%, ${SMALLEST * Number(svg.getAttribute("width"))}px)`;
  element.style.removeProperty("min-height"); // the place that was kept for it
  element.replaceChildren(host); // only now, so that a chart that is updated does not flicker
  showMore(element);
  element.onscroll = () => showMore(element);
  earlier?.finalize();
}

/** Whether there is more to the right of a chart, to which the reader can scroll. */
function showMore(element: HTMLElement): void {
  element.classList.toggle("more", element.scrollLeft + element.clientWidth < element.scrollWidth - 4);
}

// on a touch screen the text on a mark stays, and would lie over what is scrolled under it
addEventListener("scroll", () => document.querySelector("#vg-tooltip-element")?.classList.remove("visible"), {
  capture: true,
  passive: true,
});

const CHOICES: EmbedOptions = { actions: { export: true, source: false, compiled: false, editor: false } };

/** Draws the charts that the page brings, each when it comes near the visible part of the page. */
export function drawCommittedCharts(): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        const figure = target as HTMLElement;
        const specification = figure.querySelector("script")?.textContent;
        if (specification) void drawChart(figure, JSON.parse(specification), CHOICES);
      }
    },
    { rootMargin: "600px" },
  );
  for (const figure of document.querySelectorAll("figure.chart")) observer.observe(figure);
}
