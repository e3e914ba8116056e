/** Declarations of the global names that the kernel adds for cells. */
export const GLOBALS = `
/**
 * Asks the user for a line of text and waits for it. The front end shows a box below the cell.
 *
 * @param message the question
 * @param defaultValue the result for an empty line; "" if it is left out
 * @returns the line without its end
 * @throws Error if the front end allows no input, as in a run without a user
 * @example
 * const name = prompt("Your name?", "nobody");
 */
declare function prompt(message?: string, defaultValue?: string): string;
`;
