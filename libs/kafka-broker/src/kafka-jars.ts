import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../../../deploy/kafka/', import.meta.url));
const fiveMinutes = 300_000;

/**
 * The folder with the jars that `deploy/kafka/pom.xml` names; fetched by Maven (about 55 MB) when they are not there.
 * Undefined without a JDK or Maven, and where Maven cannot fetch them.
 */
export async function kafkaJars(): Promise<string | undefined> {
  const pom = `${folder}pom.xml`;
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  const jars = `${folder}target/jars-${version}`;
  if (!(await answers('java', '-version'))) return undefined;
  if (existsSync(jars)) return jars;
  if (!(await answers('mvn', '--version'))) return undefined;

  await mkdir(`${folder}target`, { recursive: true });
  const fetched = mkdtempSync(`${folder}target/fetching-`);
  try {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fetched}`];
    await run('mvn', ['-B', '-q', '-f', pom, ...goal], { timeout: fiveMinutes });
    // Another process may have fetched them meanwhile; a rename onto a folder that is not empty fails, and is not needed.
    if (!existsSync(jars)) renameSync(fetched, jars);
    return jars;
  } catch {
    return existsSync(jars) ? jars : undefined;
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
}

async function answers(program: string, question: string): Promise<boolean> {
  return run(program, [question]).then(
    () => true,
    () => false,
  );
}
