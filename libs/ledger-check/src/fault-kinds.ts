/** Every kind of fault that the check finds, each with what it means to an operator. */
export const faultKinds = {
  'position-gap': 'a position is missing in the log, or comes twice',
  'time-back': 'an event of a lead or a rotation is older than the one before it',
  'unknown-event': 'the log holds an event that this copy does not know: it was not judged',
  'unknown-lead': 'an event is about a lead that was never captured',
  'captured-twice': 'one lead was captured twice',
  undecided: 'a captured lead has no decision, although the time for it has passed',
  'decided-twice': 'a lead was decided again, and nothing allowed a second decision',
  'two-owners': 'an event takes the lead from somebody who did not have it, or gives it away while somebody has it',
  'event-after-close': 'a lead that was won or lost has changed its owner, was claimed or missed',
  'owner-inactive': 'a lead was given to a user who was inactive or unknown',
  'owner-not-a-member': 'a turn went to somebody who is not a member of the rotation',
  'owner-not-eligible': 'a turn went to a member who was passed over by rule: absent, at capacity, declined, had it',
  'cap-passed': 'a turn went to a member whose cap was reached',
  'turn-number': 'the turns of a rotation are not counted one by one',
  'turn-out-of-order': 'a turn went past a member who stood in front and could have had it',
  'passed-over-wrongly': 'the reason recorded for passing over a member does not hold',
  'left-though-eligible': 'a lead was left without an owner, or pending, although a member could have had it',
  'due-wrong': 'the deadline is not the one of the claim policy in force, or there should be none',
  'deadline-early': 'a deadline fired before it was due',
  'deadline-late': 'a deadline fired later than the tolerance allows',
  'deadline-twice': 'a deadline fired a second time',
  'deadline-unfounded': 'a deadline fired that was not running',
  'deadline-unfired': 'a deadline is long past: no claim, no miss, no end',
  'claim-not-owner': 'somebody claimed a lead, or was credited with claiming it, who was not its owner',
  'claim-unfounded': 'an act counted as a claim that can be none',
  'taken-after-claim': 'a lead was taken from an owner who had claimed it',
  'taken-unfounded': 'a lead was taken away for a miss or a decline that is not in the log',
  'broken-hash': 'the hash chain over the log is broken: something was changed afterwards',
  'missing-on-topic': 'an event of the log is not on the topic',
  'foreign-on-topic': 'a message on the topic belongs to no event of this log',
  'other-on-topic': 'a message has the position of an event, but says otherwise than the log',
  'twice-on-topic': 'an event is on the topic twice, with different bytes',
  'order-on-topic': 'messages of one key are not in the order of the log',
  'key-on-two-partitions': 'messages of one key lie on different partitions',
  'taken-and-lost': 'a consumer group has passed a message of a way in that is neither in the log nor a dead letter',
  'offset-beyond-end': 'a consumer group has committed past the end: another or a replaced topic',
  'read-model-differs': 'a row of a read model is not what a replay of the log gives',
  'read-model-of-another-log':
    'a read model is of another log, or of this one before it was restored: run lead-rotator rebuild',
  'read-model-ahead': 'a read model stands behind the end of the log: it was built on another one',
} as const;

export type FaultKind = keyof typeof faultKinds;

/** What needs a look but breaks no promise. */
export const warningKinds = {
  'dead-letter': 'messages lie on a dead-letter topic',
  'consumer-behind': 'a consumer group is further behind than it should be',
  'group-without-offset': 'a consumer group has never committed on a topic that holds messages',
} as const;

export type WarningKind = keyof typeof warningKinds;
