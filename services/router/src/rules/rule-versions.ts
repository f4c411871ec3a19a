import type { EventLog } from '@lead-rotator/event-log';
import type { Actor, EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';
import { configurationTag, type Rule, readEvent } from '@lead-rotator/lead-events';
import { NotFoundException } from '@nestjs/common';

/** A published set of rules, when and by whom. */
export interface PublishedRules {
  readonly version: number;
  readonly rules: readonly Rule[];
  readonly position: Position;
  readonly at: EpochMilliseconds;
  readonly actor: Actor;
}

/** All rules that were ever in force, from the log, the oldest first. */
export class RuleVersions {
  constructor(private readonly log: EventLog) {}

  async all(organizationId: OrganizationId): Promise<PublishedRules[]> {
    const types = ['RulesPublished'];
    const recorded = await this.log.readByTags({ organizationId, tags: [configurationTag], types });
    return recorded.flatMap((one) => {
      const { type, data, position, at, actor } = readEvent(one);
      return type === 'RulesPublished' ? { version: data.ruleSet, rules: data.rules, position, at, actor } : [];
    });
  }

  /** @throws NotFoundException */
  async one(organizationId: OrganizationId, version: number): Promise<PublishedRules> {
    const found = (await this.all(organizationId)).find((one) => one.version === version);
    if (found === undefined) throw new NotFoundException(`no rules were published as version ${version}`);
    return found;
  }
}
