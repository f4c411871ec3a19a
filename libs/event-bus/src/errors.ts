/** The broker cannot be reached or did not answer: not known whether the messages were taken; sending them again is allowed. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
  readonly canRetry = true;
}

/**
 * The group's offsets say what another log has taken in: its log was restored or replaced, or somebody else's services use
 * the same group. Whoever goes on from them takes messages away from that log, or leaves out what this one has not.
 */
export class OffsetsOfAnotherLog extends Error {
  override readonly name = 'OffsetsOfAnotherLog';
  readonly canRetry = true;

  constructor(
    readonly groupId: string,
    readonly topic: string,
    readonly partition: number,
    readonly itsLog: string,
    readonly log: string,
  ) {
    super(
      `group ${groupId} stands on partition ${partition} of ${topic} for log ${itsLog}, and this log is ${log}: it was restored or replaced, or this is the group of other services; set the group's offsets anew`,
    );
  }
}

/** What another log has published lies on the topic: its consumers could not tell the two apart, and stop. */
export class TopicOfAnotherLog extends Error {
  override readonly name = 'TopicOfAnotherLog';
  readonly canRetry = false;

  constructor(
    readonly topic: string,
    readonly itsSource: string,
    readonly source: string,
  ) {
    super(
      `${topic} holds what ${itsSource} has published, and nothing of ${source} is put between: use another Kafka, or, if that log is gone for good, delete the topic and start again`,
    );
  }
}

/** The broker will never take this message (too large, no such topic partition, not allowed): sending it again is useless. */
export class MessageRefused extends Error {
  override readonly name = 'MessageRefused';
  readonly canRetry = false;
}
