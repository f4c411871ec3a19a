import { join } from 'node:path';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { decodeEvent } from '../stored-payload.ts';
import { exportFiles, parseEventLine } from './export-format.ts';
import { FileLines } from './file-lines.ts';
import { NoExport, readLine, readManifest } from './verify-export.ts';

const eventsPerPage = 1_000;

/**
 * The events of an export that begins with the log, page by page; sealed fields stay as they are stored. What is read
 * is not verified: that is `verifyExport`.
 * @throws NoExport when it is none, or begins later.
 */
export async function* readExport(
  directory: string,
  onProgress: (done: number, of: number) => void = () => {},
): AsyncGenerator<readonly RecordedEvent[]> {
  const { from, to } = await readManifest(directory);
  if (from !== 1) throw new NoExport(`${directory} begins at position ${from}, and not with the log`);
  let page: RecordedEvent[] = [];
  for await (const line of new FileLines(join(directory, exportFiles.events))) {
    const event = readLine(exportFiles.events, line, parseEventLine);
    const { position, at, version, organization, type, payload } = event;
    page.push(decodeEvent([position, at, version, organization, type, payload]));
    if (page.length < eventsPerPage) continue;
    yield page;
    onProgress(position, to);
    page = [];
  }
  if (page.length > 0) yield page;
}
