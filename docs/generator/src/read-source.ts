/** Gives a file of the repository by its path from the root. */
export type ReadSource = (path: string) => string;
