/** What went wrong, for an operator. A name of several addresses fails once for each, and Node leaves the whole without words. */
export function inWords(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(inWords).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** Runs what a setting is to blame for if it fails, so that the message names it. */
export async function blaming<Result>(setting: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${setting}: ${inWords(error)}`, { cause: error });
  }
}
