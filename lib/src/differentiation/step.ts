/** The book's h: half the distance between the two evaluations of a central difference. */
export const H = 1e-4;
