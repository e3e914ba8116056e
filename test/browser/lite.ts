import type { Page } from "playwright-core";

/** JupyterLite in a page, through `window.jupyterapp`. */

export const CONTENT = "jupyterapp.shell.currentWidget.content";
/** The code cells of the open notebook. */
export const CELLS = `${CONTENT}.widgets.filter(({ model }) => model.type === "code")`;
/** Their outputs, a list for each cell. */
export const OUTPUTS = `${CELLS}.map(({ model }) => model.outputs.toJSON())`;
/** What the errors among these outputs say. */
export const ERRORS = `${OUTPUTS}.flat().filter(({ output_type }) => output_type === "error").map(({ evalue }) => evalue)`;

/** The address of a notebook in JupyterLite, from the site's root. */
export const linkTo = (notebook: string): string => `lite/notebooks/index.html?path=notebooks/${notebook}`;

/** Waits until the open notebook has a kernel that can be asked. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(
    'globalThis.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === "idle"',
  );
}

/** Runs all cells and waits for the last one's end. */
export async function runAll(page: Page): Promise<void> {
  await page.evaluate('jupyterapp.commands.execute("notebook:clear-all-cell-outputs")');
  await page.evaluate('void jupyterapp.commands.execute("notebook:run-all-cells")');
  await page.waitForFunction(
    `${CELLS}.every(({ model }) => model.executionState === "idle" && model.executionCount !== null)`,
  );
}

/** The text of the first code cell. */
export const firstCode = (page: Page): Promise<string> =>
  page.evaluate(`${CELLS}[0].model.sharedModel.getSource()`) as Promise<string>;

/** Selects the first code cell and writes this text into it. */
export async function writeFirst(page: Page, code: string): Promise<void> {
  await page.evaluate(`${CONTENT}.activeCellIndex = ${CONTENT}.widgets.indexOf(${CELLS}[0]),
    ${CONTENT}.activeCell.model.sharedModel.setSource(${JSON.stringify(code)})`);
}

export async function save(page: Page): Promise<void> {
  await page.evaluate('jupyterapp.commands.execute("docmanager:save")');
}
