import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseProof, verifyExport, verifyLog, verifyProof } from '@lead-rotator/event-log';
import type { Command } from 'commander';
import { withOperatorTools } from '../open-for-operator.ts';
import { progressLine } from '../progress-line.ts';
import { parseHash } from './parse-hash.ts';

interface VerifyOptions {
  readonly anchor?: string;
  readonly json?: true;
}

/** What both kinds of verification come to. */
interface Found {
  readonly events: number;
  readonly batches: number;
  readonly headHash?: string;
  readonly faults: readonly { readonly first: number; readonly last: number; readonly what: string }[];
  readonly faultCount: number;
  readonly misfits?: readonly string[];
  readonly anchorFound?: boolean;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('compute the hash chain of the log again; exits with 1 if anything was changed since it was written')
    .argument(
      '[path]',
      'an export, or a file with a proof, to verify in place of the log; no database is needed for it',
    )
    .option('--anchor <hash>', 'hash of a head that was kept elsewhere: it must still be in the chain', parseHash)
    .option('--json', 'print one JSON document')
    .action(verify);
}

async function verify(path: string | undefined, options: VerifyOptions): Promise<void> {
  const isFile = path !== undefined && statSync(path, { throwIfNoEntry: false })?.isFile();
  if (isFile) tellProof(await readFile(path, 'utf8'), options);
  else await verifyAll(path, options);
}

function tellProof(text: string, { anchor, json }: VerifyOptions): void {
  const found = verifyProof(parseProof(text), anchor);
  const { faults, position, type, batches, headHash } = found;
  const problems = [...faults, ...(found.anchorFound === false ? [`it leads to ${headHash}, not to ${anchor}`] : [])];
  if (json) console.log(JSON.stringify(found));
  else {
    for (const problem of problems) console.log(`FAULT: ${problem}`);
    const verdict = problems.length === 0 ? 'proven' : 'NOT proven';
    console.log(`event ${position}, ${type}, by ${batches} batches up to the head ${headHash}: ${verdict}`);
  }
  if (problems.length > 0) process.exitCode = 1;
}

async function verifyAll(directory: string | undefined, { anchor, json }: VerifyOptions): Promise<void> {
  const progress = progressLine();
  const options = {
    ...(anchor === undefined ? {} : { anchor }),
    onProgress: (done: number, of: number) => progress({ part: 'hash chain', done, of }),
  };
  const found: Found =
    directory === undefined
      ? await withOperatorTools('verify', ({ pool }) => verifyLog(pool, options))
      : await verifyExport(directory, options).then((one) => ({ ...one, headHash: one.manifest.headHash }));
  const problems = [
    ...found.faults.map(({ first, last, what }) => `FAULT at ${first}–${last}: ${what}`),
    ...(found.faultCount > found.faults.length ? [`and ${found.faultCount - found.faults.length} more`] : []),
    ...(found.misfits ?? []).map((misfit) => `FAULT: ${misfit}`),
    ...(found.anchorFound === false ? [`FAULT: no batch has the hash ${anchor}`] : []),
  ];
  if (json) console.log(JSON.stringify(found));
  else {
    for (const problem of problems) console.log(problem);
    const { events, batches, headHash = '(empty log)' } = found;
    const anchored = found.anchorFound ? `, and holds ${anchor}` : '';
    const verdict = problems.length === 0 ? `unchanged${anchored}` : 'NOT what was written';
    console.log(`${events} events in ${batches} batches, head ${headHash}: ${verdict}`);
  }
  if (problems.length > 0) process.exitCode = 1;
}
