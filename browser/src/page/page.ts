import { PageCell } from "./cell";
import { drawCommittedCharts } from "./charts";
import { offerFiles } from "./data";
import { button } from "./elements";
import { PageKernel, type KernelState } from "./kernel";
import { keepPages } from "./visit";

/** A reading page: draws its charts, and runs its cells one after the other. */

const status = document.querySelector("#status")!;
const toolbar = (name: string) => document.querySelector<HTMLButtonElement>(`[role="toolbar"] [data-do="${name}"]`)!;
const queue: PageCell[] = [];
let isRunning = false;

const kernel = new PageKernel({
  ready: keepPages,
  changed: tellState,
  lost: forgetVariables,
  fetching: (text) => (status.textContent = text),
});
const cells = [...document.querySelectorAll<HTMLElement>("section.cell")].map(
  (element) =>
    new PageCell(element, {
      run: (cell) => run([cell]),
      runAbove: (cell) => run(upTo(cell)),
      goOn(cell) {
        run([cell]);
        cells[cells.indexOf(cell) + 1]?.focus();
      },
    }),
);

toolbar("run-all").addEventListener("click", () => run(cells.filter(({ isSolution }) => !isSolution)));
toolbar("restart").addEventListener("click", () => {
  dropQueue();
  kernel.restart();
});
toolbar("stop").addEventListener("click", () => {
  dropQueue();
  void kernel.interrupt();
});
drawCommittedCharts();
offerFiles();

/** This cell and those above it, but for the solutions of exercises. */
function upTo(cell: PageCell): PageCell[] {
  const above = cells.slice(0, cells.indexOf(cell)).filter(({ isSolution }) => !isSolution);
  return [...above, cell];
}

function run(wanted: readonly PageCell[]): void {
  for (const cell of wanted) {
    if (queue.includes(cell)) continue;
    queue.push(cell);
    cell.show("waiting");
  }
  if (!isRunning) void runQueue();
}

async function runQueue(): Promise<void> {
  isRunning = true;
  for (let cell = queue.shift(); cell; cell = queue.shift()) {
    const ended = await runCell(cell).catch((error: unknown) => {
      cell!.outputs.note(`${(error as Error).message}.`);
      return false;
    });
    cell.show(ended ? "done" : "failed");
    if (!ended) dropQueue();
  }
  isRunning = false;
}

async function runCell(cell: PageCell): Promise<boolean> {
  const missing = cells.slice(0, cells.indexOf(cell)).some(({ hasRun, isSolution }) => !hasRun && !isSolution);
  cell.show("running");
  let isFirst = true;
  const ended = await kernel.execute(cell.source, (type, content) => {
    if (type === "status" || type === "execute_input") return;
    // the earlier outputs stay until the first new one, so that the page does not jump
    if (isFirst) cell.outputs.clear();
    isFirst = false;
    cell.outputs.take(type, content);
  });
  if (isFirst) cell.outputs.clear();
  if (kernel.state === "idle") cell.hasRun = ended;
  if (!ended && missing) {
    cell.outputs.note(
      "Not all cells above have run.",
      button("Run them, then this cell", () => run(upTo(cell))),
    );
  }
  return ended;
}

function dropQueue(): void {
  for (const cell of queue.splice(0)) cell.show("committed");
}

function forgetVariables(what: string): void {
  const running = cells.find(({ element }) => element.dataset.state === "running");
  const last = running ?? cells.filter((cell) => cell.hasRun).at(-1);
  dropQueue();
  for (const cell of cells) {
    cell.hasRun = false;
    if (cell.element.dataset.state === "done") cell.show("committed");
  }
  status.textContent = "The variables of all cells are lost";
  last?.outputs.note(
    `${what} All variables are lost.`,
    button("Run the cells above, then this one", () => run(upTo(last))),
  );
}

function tellState(state: KernelState): void {
  const words: Record<KernelState, string> = {
    off: "Nothing has run",
    starting: "Fetching the kernel ...",
    idle: "Ready",
    busy: "Running ...",
  };
  status.textContent = words[state];
  toolbar("stop").disabled = state !== "busy";
  toolbar("restart").disabled = state === "off" || state === "starting";
}
