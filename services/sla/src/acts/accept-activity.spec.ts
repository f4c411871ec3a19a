import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '@lead-rotator/service-host';
import { acceptActivity } from './accept-activity.ts';

const call = { id: '1', leadId: 'L1', by: 'ann', kind: 'call' };

function faultsOf(input: unknown): unknown {
  try {
    acceptActivity(input);
    return [];
  } catch (error) {
    return error instanceof InvalidRequest ? error.faults.map(({ path }) => path) : error;
  }
}

describe('an act as it is sent', () => {
  it.each(['2026-02-28T09:00:00Z', '2026-02-28t09:00:00.5+01:00'])('may have happened at %s', (occurredAt) => {
    expect(faultsOf({ ...call, occurredAt })).toEqual([]);
  });

  it.each(['2026-02-30T09:00:00Z', '2026-02-28', 'yesterday', '2026-02-28T25:00:00Z', '9999-12-31T23:59:59-23:59'])(
    'cannot have happened at %s',
    (occurredAt) => {
      expect(faultsOf({ ...call, occurredAt })).toEqual(['/occurredAt']);
    },
  );
});
