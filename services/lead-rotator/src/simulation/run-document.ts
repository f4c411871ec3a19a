import type { ScenarioRun } from '@lead-rotator/scenario';

const eventsInPiece = 500;

/**
 * A run as one line of JSON, in pieces: a million events are more than a string can hold (about half a gigabyte).
 * Together they are what `JSON.stringify` would make of `{file, passed, differences, result, events}`.
 */
export function* runDocument(file: string, run: ScenarioRun): Generator<string> {
  const { passed, differences, result, events } = run;
  const head = JSON.stringify({ file, passed, differences });
  yield `${head.slice(0, -1)},"result":{`;
  let comma = '';
  for (const [part, found] of Object.entries(result)) {
    yield `${comma}${JSON.stringify(part)}:${JSON.stringify(found)}`;
    comma = ',';
  }
  yield '},"events":[';
  for (let from = 0; from < events.length; from += eventsInPiece) {
    const texts = events.slice(from, from + eventsInPiece).map((event) => JSON.stringify(event));
    yield `${from === 0 ? '' : ','}${texts.join(',')}`;
  }
  yield ']}';
}
