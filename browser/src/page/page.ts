import { say } from "../words";
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
/** The cell that runs. */
let current: PageCell | undefined;
let isStopping = false;
/** All variables were lost while the cell ran. */
let isLost = false;

const kernel = new PageKernel({ ready: keepPages, changed: tellState, lost: forgetVariables, fetching: tell });
const cells = [...document.querySelectorAll<HTMLElement>("section.cell")].map(
  (element) =>
    new PageCell(element, {
      run: (cell) => run([cell]),
      runAbove: (cell) => run(upTo(cell)),
      goOn(cell) {
        run([cell]);
        cell.scrollIntoView(); // its output is what the reader wants to see, and the cell that has the keyboard
        const next = cells.slice(cells.indexOf(cell) + 1).find(({ isSolution }) => !isSolution);
        next?.focus();
        next?.scrollIntoView();
      },
    }),
);

toolbar("run-all").addEventListener("click", () => run(cells.filter(({ isSolution }) => !isSolution)));
toolbar("run-all").disabled = false;
toolbar("restart").addEventListener("click", () => {
  dropQueue();
  kernel.restart();
});
toolbar("stop").addEventListener("click", () => {
  dropQueue();
  isStopping = true;
  tell(say("Stopping ..."));
  void kernel.interrupt();
});
drawCommittedCharts();
offerFiles((panel, name) => {
  const cell = cells.find(({ element }) => element === panel.nextElementSibling);
  void cell?.write(cell.source.replace(/(?<=loadDigit\()"[^"]*"/, JSON.stringify(name)));
});

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
  if (!current) void runQueue();
}

async function runQueue(): Promise<void> {
  for (let cell = queue.shift(); cell; cell = queue.shift()) {
    current = cell;
    const ended = await runCell(cell).catch((error: unknown) => {
      cell!.outputs.note("last", `${(error as Error).message}.`);
      return false;
    });
    cell.show(ended ? "done" : "failed");
    if (isStopping) tell(say("Stopped in"), cell);
    else if (!ended && !isLost) tell(say("Error in"), cell);
    isStopping = isLost = false;
    if (!ended) tellUnrun(cell);
  }
  current = undefined;
}

/** The cells that waited do not run, because this one failed; the last of them says so, as the reader looks there. */
function tellUnrun(failed: PageCell): void {
  const last = queue.at(-1);
  dropQueue();
  const show = button(say("Show that cell"), () => failed.scrollIntoView());
  last?.markStale(say("This cell has not run, because a cell above it failed."), show);
}

/** A few words in the bar; with the cell that is meant, as a link to it. */
function tell(words: string, cell?: PageCell): void {
  status.textContent = words;
  if (!cell) return;
  const link = document.createElement("a");
  link.href = `#${cell.element.id}`;
  link.textContent = say("cell {at} of {all}", { at: cells.indexOf(cell) + 1, all: cells.length });
  status.append(" ", link);
}

async function runCell(cell: PageCell): Promise<boolean> {
  const missing = cells.slice(0, cells.indexOf(cell)).some(({ hasRun, isSolution }) => !hasRun && !isSolution);
  cell.show("running");
  let isFirst = true;
  const ended = await kernel.execute(cell.source, (type, content) => {
    if (type === "status" || type === "execute_input") return;
    // the earlier outputs stay until the first new one, so that the page does not jump
    if (isFirst) cell.clearOutputs();
    isFirst = false;
    cell.outputs.take(type, content);
  });
  if (isFirst) cell.clearOutputs();
  if (kernel.state === "idle") cell.hasRun = ended;
  if (!ended && missing && !isLost) {
    cell.outputs.note(
      "first",
      say("Not all cells above have run, or they have changed since."),
      button(say("Run them, then this cell"), () => run(upTo(cell))),
    );
  }
  return ended;
}

function dropQueue(): void {
  for (const cell of queue.splice(0)) cell.show("committed");
}

function forgetVariables(what: string): void {
  const last = current ?? cells.filter((cell) => cell.hasRun).at(-1);
  isLost = current !== undefined;
  dropQueue();
  for (const cell of cells) {
    cell.hasRun = false;
    if (cell.element.dataset.state === "done") cell.show("committed");
  }
  tell(say("All variables are lost"));
  if (!last) return;
  const above = button(say("Run the cells above"), () => {
    note.remove();
    run(upTo(last).slice(0, -1));
  });
  const note = last.outputs.note("last", `${what} ${say("All variables are lost.")}`, above);
}

function tellState(state: KernelState): void {
  const words: Record<Exclude<KernelState, "busy">, string> = {
    off: "Nothing has run",
    starting: "Fetching the kernel ...",
    idle: "Ready",
  };
  if (state === "busy") tell(say("Running"), current);
  else tell(say(words[state]));
  toolbar("stop").disabled = state !== "busy";
  toolbar("restart").disabled = state === "off" || state === "starting";
}
