import type { Brand } from './brand.ts';

/** What events are looked up and guarded by: `kind:id`, or a kind of which an organization has one (`configuration`). */
export type Tag = Brand<string, 'Tag'>;

/** A condition on an append: nothing with this tag stands behind the position up to which the decider has read it. */
export interface Guard {
  readonly tag: Tag;
  readonly after: number;
}
