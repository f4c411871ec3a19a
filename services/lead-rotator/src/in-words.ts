/** What went wrong, for an operator. A name of several addresses fails once for each, and Node leaves the whole without words. */
export function inWords(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(inWords).join('; ');
  if (!(error instanceof Error)) return String(error);
  const { code = '', path } = error as NodeJS.ErrnoException;
  const said = ofFile[code];
  return said === undefined || path === undefined ? error.message : `${path} ${said}`;
}

/** What the system says of a file by a code. */
const ofFile: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EEXIST: 'is there already: choose another place',
  EACCES: 'may not be read or written by this user',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'is no folder, or lies in none',
};

/** Runs what a setting is to blame for if it fails, so that the message names it. */
export async function blaming<Result>(setting: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${setting}: ${inWords(error)}`, { cause: error });
  }
}
