import { describe, expect, it } from '@jest/globals';
import type { OrganizationId, RecordedEvent } from '@lead-rotator/event-sourcing';
import { eventDefinitions } from '@lead-rotator/lead-events';
import { eventLine } from './event-line.ts';

const record = (type: string, data: unknown): RecordedEvent => ({
  position: 812,
  type,
  version: 1,
  at: Date.parse('2026-01-05T09:00:00.130Z'),
  organizationId: 'default' as OrganizationId,
  actor: 'service:router',
  cause: 'event:811',
  data,
});

describe('the line of an event', () => {
  it.each(Object.values(eventDefinitions).map(({ type, sample }) => [type, sample] as const))(
    'is one line, and readable, for %s',
    (type, sample) => {
      const line = eventLine(record(type, sample));
      expect(line).toMatch(/^ {5}812 {2}2026-01-05T09:00:00\.130Z {2}\w+ {2}.*\S {2}\[service:router\]$/);
      expect(line).not.toContain('undefined');
      expect(line).not.toContain('[object');
    },
  );

  it('says who got a lead by which turn, who was passed over and why', () => {
    expect(eventLine(record('LeadAssigned', eventDefinitions.LeadAssigned.sample))).toContain(
      'to ann, in web, turn 812, passed over eve (away), due 2026-01-05T09:15:00.130Z, because rules: turn (rule german)',
    );
  });

  it('says nothing of a person whose data is sealed or erased', () => {
    const { sample } = eventDefinitions.LeadCaptured;
    for (const person of [{ sealed: true }, { erased: true }]) {
      expect(eventLine(record('LeadCaptured', { ...sample, person }))).not.toContain('person');
    }
    expect(eventLine(record('LeadCaptured', sample))).toContain('kim@lead.example');
  });
});
