import { unreachable } from '@lead-rotator/event-sourcing';
import type { RotationEvent } from '@lead-rotator/rotation';

/** What was changed, in a sentence for the person who asks. */
export function explainChange(event: RotationEvent): string {
  switch (event.type) {
    case 'RotationCreated': {
      const { name, on, settings } = event.data;
      return `Created as ${name}, ${on ? 'on' : 'off'}${withSettings(settings)}.`;
    }
    case 'RotationRenamed':
      return `Called ${event.data.name}.`;
    case 'RotationSwitchedOn':
      return 'Switched on.';
    case 'RotationSwitchedOff':
      return 'Switched off.';
    case 'StrategyChanged': {
      const { type, ...settings } = event.data.strategy;
      return `Chooses by ${type}${withSettings(settings)}.`;
    }
    case 'DefaultCapsChanged':
      return `Members without caps of their own have ${settingWords(event.data.caps) || 'none'}.`;
    case 'ClaimPolicyChanged':
      return event.data.claim === undefined
        ? 'Leads need not be claimed.'
        : `Leads are to be claimed${withSettings(event.data.claim)}.`;
    case 'RotationPolicyChanged': {
      const { rotationId: _, at: __, unset = [], ...policies } = event.data;
      const taken = unset.map((policy) => `${policy} taken back`);
      return `${[settingWords(policies), ...taken].filter(Boolean).join(', ')}.`;
    }
    case 'MemberAdded':
      return `${event.data.userId} added at place ${event.data.place}${withSettings(event.data.settings)}.`;
    case 'MemberSettingsChanged':
      return `${event.data.userId} takes part${withSettings(event.data.settings) || ' without settings'}.`;
    case 'MemberRemoved':
      return `${event.data.userId} removed.`;
    case 'MemberMoved':
      return `${event.data.userId} moved to place ${event.data.place}.`;
    case 'MemberPaused':
      return `${event.data.userId} paused${event.data.cause === 'misses' ? ' after misses in a row' : ''}.`;
    case 'MemberResumed':
      return `${event.data.userId} resumed.`;
    case 'MemberCredited':
      return `${event.data.userId} counts ${event.data.by > 0 ? '+' : ''}${event.data.by} turns.`;
    default:
      return unreachable(event);
  }
}

export function withSettings(settings: object): string {
  const words = settingWords(settings);
  return words === '' ? '' : ` with ${words}`;
}

const settingWords = (settings: object): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
