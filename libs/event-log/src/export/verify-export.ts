import { createHash, hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { batchFaults, type LogFault } from '../verify/batch-faults.ts';
import type { HashedEvent } from '../verify/merkle.ts';
import {
  type DataFile,
  type ExportManifest,
  exportFiles,
  exportFormat,
  parseBatchLine,
  parseEventLine,
  tableHead,
  tableLine,
} from './export-format.ts';
import { FileLines } from './file-lines.ts';

export interface ExportVerification {
  readonly manifest: ExportManifest;
  readonly events: number;
  readonly batches: number;
  /** Where the log is not what it was; the first hundred. */
  readonly faults: readonly LogFault[];
  readonly faultCount: number;
  /** What does not fit together otherwise: a file and its digest, the manifest and the files. */
  readonly misfits: readonly string[];
  /** Whether the export holds, or follows, the batch that was asked for; absent if none was. */
  readonly anchorFound?: boolean;
}

export interface VerifyExportOptions {
  /** Hash of a batch, hexadecimal, that was kept elsewhere. */
  readonly anchor?: string;
  readonly onProgress?: (done: number, of: number) => void;
}

/** The directory holds no export that can be read. */
export class NoExport extends Error {
  override readonly name = 'NoExport';
}

const told = 100;

/**
 * Computes an export again from its events up, as `verifyLog` does the log: without database, and trusting nothing in it
 * but the hash that is given as anchor, or that the caller compares with the manifest's `headHash`.
 * @throws NoExport when the manifest is missing or of another format, or a line is none of the format.
 */
export async function verifyExport(directory: string, options: VerifyExportOptions = {}): Promise<ExportVerification> {
  const manifest = await readManifest(directory);
  const files = openFiles(directory);
  const computed = await computeAgain(files, manifest, options);
  const misfits = [...manifestMisfits(manifest, computed), ...(await fileMisfits(files, manifest, computed))];
  const { events, batches, faults, anchored } = computed;
  const [faultCount, first] = [faults.length, faults.slice(0, told)];
  const anchorFound = options.anchor === undefined ? {} : { anchorFound: anchored };
  return { manifest, events, batches, faults: first, faultCount, misfits, ...anchorFound };
}

type Files = Readonly<Record<'events' | 'batches' | 'table', FileLines>>;

const openFiles = (directory: string): Files => {
  const lines = (file: DataFile) => new FileLines(join(directory, file));
  return { events: lines(exportFiles.events), batches: lines(exportFiles.batches), table: lines(exportFiles.table) };
};

/** What the files of events and batches come to, whatever the manifest says. */
interface Computed {
  readonly events: number;
  readonly batches: number;
  /** Position of the last event that a batch covers. */
  readonly to: number;
  readonly headHash: string;
  readonly anchored: boolean;
  readonly faults: readonly LogFault[];
  /** SHA-256 of the table that would be made of the events. */
  readonly tableHash: string;
}

async function computeAgain(
  { events: eventFile, batches: batchFile }: Files,
  { from, to, previousHash }: ExportManifest,
  { anchor, onProgress }: VerifyExportOptions,
): Promise<Computed> {
  const events = new EventQueue(eventFile);
  const table = createHash('sha256').update(tableHead);
  const faults: LogFault[] = [];
  let headHash = previousHash;
  let anchored = headHash === anchor;
  let last = from - 1;
  let batches = 0;
  for await (const line of batchFile) {
    const { batch, units } = readLine(exportFiles.batches, line, parseBatchLine);
    if (batch.first !== last + 1) {
      faults.push({ first: last + 1, last: batch.first - 1, what: 'no batch covers these positions' });
    }
    if (batch.previous.toString('hex') !== headHash) {
      faults.push({ first: batch.first, last: batch.last, what: 'the batch does not follow from the one before' });
    }
    const held = await events.upTo(batch.last);
    for (const event of held) table.update(tableLine(event));
    faults.push(...batchFaults(batch, held, units));
    headHash = batch.hash.toString('hex');
    anchored ||= headHash === anchor;
    last = batch.last;
    batches += 1;
    onProgress?.(last - from + 1, to - from + 1);
  }
  for (const { position } of await events.upTo(Number.POSITIVE_INFINITY)) {
    faults.push({ first: position, last: position, what: 'an event that no batch covers' });
  }
  return { events: events.count, batches, to: last, headHash, anchored, faults, tableHash: table.digest('hex') };
}

/** What the manifest says otherwise than the files. */
function manifestMisfits(manifest: ExportManifest, { events, batches, to, headHash }: Computed): string[] {
  const misfits: string[] = [];
  const firstFollows = hash('sha256', Buffer.from(manifest.firstLogId.replaceAll('-', ''), 'hex'), 'hex');
  if (manifest.from === 1 && manifest.previousHash !== firstFollows) {
    misfits.push('the first batch does not follow from the id of the log');
  }
  const found = { events, batches, to, headHash };
  for (const [name, value] of Object.entries(found)) {
    const said = manifest[name as keyof typeof found];
    if (said !== value) misfits.push(`the manifest says ${name} ${said}, the files ${value}`);
  }
  return misfits;
}

/** Files that are not those of the manifest, and a table that is not that of the events. */
async function fileMisfits(files: Files, manifest: ExportManifest, { tableHash }: Computed): Promise<string[]> {
  const misfits: string[] = [];
  for (const [name, lines] of Object.entries(files)) {
    const file = exportFiles[name as keyof Files];
    const { sha256 } = await lines.digest();
    if (sha256 !== manifest.files[file]?.sha256) misfits.push(`${file} is not the file of the manifest`);
    if (name === 'table' && sha256 !== tableHash) {
      misfits.push(`${file} does not hold the events of ${exportFiles.events}`);
    }
  }
  return misfits;
}

export async function readManifest(directory: string): Promise<ExportManifest> {
  const path = join(directory, exportFiles.manifest);
  const manifest = await readFile(path, 'utf8')
    .then((text) => JSON.parse(text) as ExportManifest)
    .catch((cause: Error) => {
      throw new NoExport(`${path} cannot be read: ${cause.message}`, { cause });
    });
  if (manifest.format !== exportFormat)
    throw new NoExport(`${path}: the format is ${manifest.format}, not ${exportFormat}`);
  return manifest;
}

export function readLine<Content>(file: string, line: string, parse: (line: string) => Content): Content {
  try {
    return parse(line);
  } catch (cause) {
    throw new NoExport(`${file} has a line that cannot be read: ${line.slice(0, 80)}`, { cause });
  }
}

/** The events of the file, in its order, taken batch by batch. */
class EventQueue {
  /** Read so far. */
  count = 0;
  readonly #lines: AsyncIterator<string>;
  #next: HashedEvent | undefined;

  constructor(lines: FileLines) {
    this.#lines = lines[Symbol.asyncIterator]();
  }

  async upTo(position: number): Promise<HashedEvent[]> {
    const taken: HashedEvent[] = [];
    for (
      let event = await this.#peek();
      event !== undefined && event.position <= position;
      event = await this.#peek()
    ) {
      taken.push(event);
      this.#next = undefined;
    }
    return taken;
  }

  async #peek(): Promise<HashedEvent | undefined> {
    if (this.#next !== undefined) return this.#next;
    const { done, value } = await this.#lines.next();
    if (done) return undefined;
    this.count += 1;
    this.#next = readLine(exportFiles.events, value, parseEventLine);
    return this.#next;
  }
}
