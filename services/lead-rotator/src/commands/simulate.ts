import { readFile } from 'node:fs/promises';
import { runScenario, ScenarioFault, type ScenarioRun, tell } from '@lead-rotator/scenario';
import type { Command } from 'commander';

/** All expectations held; some did not; a file cannot be understood. */
const exits = { held: 0, differed: 1, notUnderstood: 2 } as const;

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('run scenario files through the rules, on a virtual clock, without database or broker')
    .argument('<files...>', 'YAML files (scenario format reference)')
    .option('--json', 'one JSON document per line and file')
    .action(simulate);
}

async function simulate(files: string[], { json = false }: { json?: boolean }): Promise<void> {
  let exit: number = exits.held;
  for (const file of files) {
    const run = await runFile(file);
    if (run === undefined) {
      exit = exits.notUnderstood;
      continue;
    }
    if (!run.passed) exit = Math.max(exit, exits.differed);
    console.log(json ? JSON.stringify(asDocument(file, run)) : `${file}: ${run.title}\n${tell(run)}\n`);
  }
  process.exitCode = exit;
}

/** Undefined if the file cannot be understood: what is wrong with it was said. */
async function runFile(file: string): Promise<ScenarioRun | undefined> {
  try {
    return runScenario(await readFile(file, 'utf8'));
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && typeof error.code === 'string';
    if (!(error instanceof ScenarioFault) && !isFile) throw error;
    console.error(`${file}: ${error.message}`);
    return undefined;
  }
}

const asDocument = (file: string, { passed, differences, result, events }: ScenarioRun) => ({
  file,
  passed,
  differences,
  result,
  events,
});
