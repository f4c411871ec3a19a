import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  parseScenario,
  playScenario,
  type Scenario,
  ScenarioFault,
  type ScenarioRun,
  tell,
} from '@lead-rotator/scenario';
import type { Command } from 'commander';
import { isReaderGone, outliveReader } from '../reader-gone.ts';
import { playOnLog } from '../simulation/play-on-log.ts';
import { runDocument } from '../simulation/run-document.ts';
import { SimulationServer } from '../simulation/simulation-server.ts';

/** All expectations held; some did not; a file cannot be understood. */
const exits = { held: 0, differed: 1, notUnderstood: 2 } as const;

interface SimulateOptions {
  readonly json?: true;
  readonly log?: true;
}

type Play = (scenario: Scenario) => ScenarioRun | Promise<ScenarioRun>;

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('run scenario files through the rules, on a virtual clock, without database or broker')
    .argument('<files...>', 'YAML files (scenario format reference)')
    .option('--json', 'one JSON document per line and file')
    .option('--log', 'take every step through a real log, in a PostgreSQL that is started for it and removed')
    .action(simulate);
}

async function simulate(files: string[], { json, log }: SimulateOptions): Promise<void> {
  if (!log) return playAll(files, playScenario, json);
  const server = await SimulationServer.start();
  try {
    await playAll(files, (scenario) => server.withLog((own) => playOnLog(scenario, own)), json);
  } finally {
    await server.stop();
  }
}

/**
 * Printed as fast as whoever reads it takes it. Who stops reading, as `head` does, still gets the exit status of all
 * files: what is left of them is played without being printed.
 */
async function playAll(files: readonly string[], play: Play, json: true | undefined): Promise<void> {
  outliveReader();
  let exit: number = exits.held;
  const left = [...files];
  const playNext = async (file: string): Promise<ScenarioRun | undefined> => {
    const run = await playFile(file, play);
    exit = Math.max(exit, run === undefined ? exits.notUnderstood : run.passed ? exits.held : exits.differed);
    return run;
  };
  let present: Promise<unknown> | undefined;
  async function* told(): AsyncGenerator<string> {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const playing = playNext(file);
      present = playing;
      const run = await playing;
      if (run !== undefined) yield* json ? documentLine(file, run) : table(file, run);
    }
  }
  try {
    await pipeline(Readable.from(told()), process.stdout, { end: false });
  } catch (error) {
    if (!isReaderGone(error)) throw error;
    await present;
    for (const file of left.splice(0)) await playNext(file);
  }
  process.exitCode = exit;
}

/** Undefined if the file cannot be understood: what is wrong with it was said. */
async function playFile(file: string, play: Play): Promise<ScenarioRun | undefined> {
  try {
    return await play(parseScenario(await readFile(file, 'utf8')));
  } catch (error) {
    const isFile = error instanceof Error && 'syscall' in error;
    if (!(error instanceof ScenarioFault) && !isFile) throw error;
    console.error(`${file}: ${error.message}`);
    return undefined;
  }
}

function* documentLine(file: string, run: ScenarioRun): Generator<string> {
  yield* runDocument(file, run);
  yield '\n';
}

function* table(file: string, run: ScenarioRun): Generator<string> {
  yield `${file}: ${run.title}\n`;
  for (const line of tell(run)) yield `${line}\n`;
  yield '\n';
}
