import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { explainEvent } from '../explain/explain-event.ts';
import type { FieldDifference } from './differences.ts';
import type { DecisionDifference } from './judge-decision.ts';

/** A difference for people, on one line. */
export function differenceText(difference: DecisionDifference): string {
  const { position, leadId, recorded } = difference;
  const what = recorded === undefined ? '' : ` ${recorded.type}:`;
  const head = difference.kind === 'unjudged' ? 'NOT JUDGED' : 'DIFFERENT';
  return `${head} at ${position}${leadId === undefined ? '' : `, lead ${leadId}`}:${what} ${wordsOf(difference)}`;
}

function wordsOf({ kind, recorded, expected, fields = [], refusal }: DecisionDifference): string {
  switch (kind) {
    case 'other-data':
      return fields.map(fieldWords).join('; ');
    case 'other-event':
      return `recorded "${say(recorded)}", comes out "${say(expected)}"`;
    case 'missing-event':
      return `behind it is missing "${say(expected)}"`;
    case 'unfounded':
      return 'nothing stands before it from which it follows';
    case 'unjudged':
      return 'it names deciders that this copy does not have';
    case 'refused':
      return `the rules do not allow it (${refusal})`;
  }
}

const fieldWords = ({ path, recorded, expected }: FieldDifference): string =>
  `${path} was recorded as ${JSON.stringify(recorded) ?? 'nothing'}, comes out as ${JSON.stringify(expected) ?? 'nothing'}`;

const say = (event: LeadRotatorEvent | undefined): string =>
  event === undefined ? 'nothing' : (explainEvent(event) ?? event.type);
