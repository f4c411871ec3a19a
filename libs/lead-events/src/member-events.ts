import { Type } from 'typebox';
import { defineEvent } from './define-event.ts';
import { at, leadId, rotationId, userId } from './fields.ts';
import type { LeadId, RotationId, UserId } from './ids.ts';
import { notice } from './notice.ts';
import { memberSettings } from './rotation-settings.ts';
import { rotationChangeTags } from './tags.ts';

const closed = { additionalProperties: false } as const;
const tags = rotationChangeTags;
const key = (data: { rotationId: RotationId }) => data.rotationId;
const bobOfWeb = { rotationId: 'web' as RotationId, userId: 'bob' as UserId };
const when = '2026-01-05T08:00:00.000Z';
const place = Type.Integer({ minimum: 1, description: 'place in the list of members, from 1' });

export const MemberAdded = defineEvent({
  type: 'MemberAdded',
  version: 1,
  about: 'A user takes part in a rotation.',
  data: Type.Object({ rotationId, userId, place, settings: memberSettings, at }, closed),
  tags,
  key,
  sample: {
    ...bobOfWeb,
    place: 2,
    settings: {
      weight: 2,
      leadsPerCycle: 3,
      caps: { daily: 2 },
      filter: { field: 'country', is: 'DE' },
      paused: false,
    },
    at: when,
  },
});

export const MemberSettingsChanged = defineEvent({
  type: 'MemberSettingsChanged',
  version: 1,
  about: 'A member takes part in another way: these are all of their settings now.',
  data: Type.Object({ rotationId, userId, settings: memberSettings, at }, closed),
  tags,
  key,
  sample: { ...bobOfWeb, settings: { weight: 1 }, at: when },
});

export const MemberRemoved = defineEvent({
  type: 'MemberRemoved',
  version: 1,
  about: 'A user takes part no more; what they were sent stays on record.',
  data: Type.Object({ rotationId, userId, at }, closed),
  tags,
  key,
  sample: { ...bobOfWeb, at: when },
});

export const MemberMoved = defineEvent({
  type: 'MemberMoved',
  version: 1,
  about: 'A member stands at another place in the list.',
  data: Type.Object({ rotationId, userId, place, at }, closed),
  tags,
  key,
  sample: { ...bobOfWeb, place: 1, at: when },
});

export const MemberPaused = defineEvent({
  type: 'MemberPaused',
  version: 1,
  about: 'A member gets no leads of this rotation until they are resumed.',
  data: Type.Object(
    {
      rotationId,
      userId,
      cause: Type.Enum(['by-hand', 'misses']),
      leadId: Type.Optional(leadId),
      notice: Type.Optional(notice),
      at,
    },
    closed,
  ),
  tags,
  key,
  sample: { ...bobOfWeb, cause: 'misses', leadId: 'L1' as LeadId, notice: 'member-paused', at: when },
});

export const MemberResumed = defineEvent({
  type: 'MemberResumed',
  version: 1,
  about: 'A paused member takes part again, and their row of misses is over.',
  data: Type.Object({ rotationId, userId, at }, closed),
  tags,
  key,
  sample: { ...bobOfWeb, at: when },
});

export const MemberCredited = defineEvent({
  type: 'MemberCredited',
  version: 1,
  about: 'A member counts as having had more (above 0) or fewer (below 0) turns, for the strategy fewest-assigned.',
  data: Type.Object({ rotationId, userId, by: Type.Integer(), at }, closed),
  tags,
  key,
  sample: { ...bobOfWeb, by: -2, at: when },
});
