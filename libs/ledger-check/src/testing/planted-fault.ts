import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { FaultKind } from '../fault-kinds.ts';
import type { Story } from './story.ts';

/** A fault put into a log in which everything else is right. */
export interface PlantedFault {
  readonly what: string;
  readonly kind: FaultKind;
  /** Goes on writing behind the clean log. */
  readonly append?: (story: Story) => void;
  /** Changes what is written. */
  readonly change?: (events: RecordedEvent[]) => RecordedEvent[];
  /** The same fault is one of these kinds as well. */
  readonly also?: readonly FaultKind[];
}
