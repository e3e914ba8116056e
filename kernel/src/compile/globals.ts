/** Declarations of the global names that the kernel adds for cells. */
export const GLOBALS = `
/**
 * Asks the reader for a line of text and waits for it. The front end shows a box below the cell.
 *
 * @param message what is asked
 * @param defaultValue what an empty line stands for, "" if it is left out
 * @returns the line without its end
 * @throws Error where the front end allows no input, as a run without a reader
 * @example
 * const name = prompt("Your name?", "nobody");
 */
declare function prompt(message?: string, defaultValue?: string): string;
`;
