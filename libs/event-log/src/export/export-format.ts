import { stringify } from 'csv-stringify/sync';
import type { StoredPayload } from '../stored-payload.ts';
import type { ChainedBatch } from '../verify/batch-faults.ts';
import {
  type BatchText,
  batchOf,
  batchText,
  bytes,
  type EventText,
  eventOf,
  eventText,
  hex,
} from '../verify/hashed-text.ts';
import type { HashedEvent, HashedUnit } from '../verify/merkle.ts';

export const exportFormat = 'lead-rotator-export/1';

/** The files of an export. */
export const exportFiles = {
  manifest: 'manifest.json',
  /** What is hashed, event by event: for proof. */
  events: 'events.ndjson',
  batches: 'batches.ndjson',
  /** The same events for a spreadsheet. */
  table: 'events.csv',
} as const;

export type DataFile = (typeof exportFiles)['events' | 'batches' | 'table'];

export interface FileDigest {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What `manifest.json` says. Hashes are hexadecimal. */
export interface ExportManifest {
  readonly format: typeof exportFormat;
  readonly logId: string;
  /** The log's first id: its SHA-256 is what the first batch of all follows. */
  readonly firstLogId: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  /** Positions, both included; whole batches. */
  readonly from: number;
  readonly to: number;
  readonly events: number;
  readonly batches: number;
  /** Of the batch before `from`; what the first batch here follows. */
  readonly previousHash: string;
  /** Of the batch that ends at `to`. It stands for the log up to there: compare it with one that was kept elsewhere. */
  readonly headHash: string;
  readonly files: Readonly<Record<DataFile, FileDigest>>;
}

/** A line of `events.ndjson`: what the leaf is made of. */
export const eventLine = (event: HashedEvent): string => `${JSON.stringify(eventText(event))}\n`;

/** @throws SyntaxError or TypeError when the line is none that `eventLine` writes. */
export function parseEventLine(line: string): HashedEvent {
  const event = JSON.parse(line) as EventText;
  requireNumbers(event.position, event.at, event.version);
  requireTexts(event.organization, event.type, event.payload);
  return eventOf(event);
}

export interface ExportedBatch {
  readonly batch: ChainedBatch;
  readonly units: readonly HashedUnit[];
}

interface BatchLine extends BatchText {
  readonly units: readonly { readonly id: string; readonly first: number; readonly last: number }[];
}

/** A line of `batches.ndjson`. */
export function batchLine({ batch, units }: ExportedBatch): string {
  const line: BatchLine = { ...batchText(batch), units: units.map((unit) => ({ ...unit, id: hex(unit.id) })) };
  return `${JSON.stringify(line)}\n`;
}

/** @throws SyntaxError or TypeError when the line is none that `batchLine` writes. */
export function parseBatchLine(line: string): ExportedBatch {
  const { units, ...batch } = JSON.parse(line) as BatchLine;
  requireNumbers(batch.first, batch.last, batch.at, ...units.flatMap((unit) => [unit.first, unit.last]));
  return { batch: batchOf(batch), units: units.map((unit) => ({ ...unit, id: bytes(unit.id) })) };
}

function requireNumbers(...values: readonly unknown[]): void {
  if (!values.every(Number.isSafeInteger)) throw new TypeError(`not all of ${values} are whole numbers`);
}

function requireTexts(...values: readonly unknown[]): void {
  if (!values.every((value) => typeof value === 'string')) throw new TypeError(`not all of ${values} are texts`);
}

const columns = [
  'position',
  'time',
  'organization',
  'type',
  'version',
  'leadId',
  'rotationId',
  'ownerId',
  'actor',
  'cause',
];

export const tableHead: string = tableRow([...columns, 'data']);

/** A line of `events.csv` (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it. */
export function tableLine({ position, at, organization, type, version, payload }: HashedEvent): string {
  const { data, actor, cause } = JSON.parse(payload) as StoredPayload;
  const { leadId, rotationId, ownerId } = data as Record<string, unknown>;
  const time = new Date(at).toISOString();
  const subject = [leadId, rotationId, ownerId].map((id) => id ?? '');
  return tableRow([position, time, organization, type, version, ...subject, actor, cause, JSON.stringify(data)]);
}

function tableRow(cells: readonly unknown[]): string {
  return stringify([cells as unknown[]], { record_delimiter: 'windows', escape_formulas: true });
}
