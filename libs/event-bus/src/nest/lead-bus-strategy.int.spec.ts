import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogReplaced } from '@lead-rotator/event-log';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import { testKafka } from '@lead-rotator/kafka-broker';
import { eventDefinitions } from '@lead-rotator/lead-events';
import { Controller, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { encodeEvent } from '../cloud-events/encode-event.ts';
import { deadLetterTopic } from '../dead-letters/dead-letter.ts';
import { listDeadLetters, resendDeadLetters } from '../dead-letters/dead-letters.ts';
import type { MessageBatch, OutgoingMessage } from '../event-bus.ts';
import { KafkaEventBus } from '../kafka/kafka-event-bus.ts';
import { EventBatch, type ReceivedBatch } from './event-batch.ts';
import { LeadBusStrategy, type LeadBusStrategySettings, typesExcept } from './lead-bus-strategy.ts';

const kafka = await testKafka();
const run = `${process.pid}-${Date.now()}`;
const inbound = `inbound-${run}`;
const events = `events-${run}`;

let leads: string[] = [];
let captured: number[] = [];
let fails = (_: string): boolean => false;
let fault: Error;

@Controller()
class InboundConsumer {
  @EventBatch({ group: `intake-${run}`, topic: inbound })
  async take({ messages, putAside }: ReceivedBatch): Promise<void> {
    for (const message of messages) {
      const text = String(message.value);
      if (text === 'no contact') putAside(message, 'no email and no phone');
      else if (fails(text)) throw fault;
      else leads.push(text);
    }
  }
}

@Controller()
class EventConsumer {
  @EventBatch({ group: `router-${run}`, topic: events, types: ['LeadCaptured'] })
  async decide(batch: ReceivedBatch): Promise<void> {
    captured.push(...batch.events.map(({ position }) => position));
  }
}

@Module({ controllers: [InboundConsumer, EventConsumer] })
class Consumers {}

const message = (text: string): OutgoingMessage => ({ key: 'a', value: Buffer.from(text), headers: { ce_id: text } });

function event(type: keyof typeof eventDefinitions, position: number): OutgoingMessage {
  const { version, sample: data } = eventDefinitions[type];
  const context = {
    at: 0,
    organizationId: 'default' as OrganizationId,
    actor: 'service:t',
    cause: 'request:1',
  } as const;
  return encodeEvent({ position, type, version, data, ...context }, 'log-1', () => 'a');
}

if ('skipped' in kafka) {
  describe('the Nest transport', () => it.skip(`is skipped: ${kafka.skipped}`, () => undefined));
} else {
  describe('the Nest transport', () => {
    let bus: KafkaEventBus;
    let apps: INestApplicationContext[];

    beforeEach(async () => {
      bus = new KafkaEventBus({ brokers: kafka.brokers, clientId: 'strategy' });
      const topics = [inbound, events, deadLetterTopic(inbound)];
      const settings = { partitions: 1, replication: 1, retentionMilliseconds: 3_600_000 };
      await bus.ensureTopics(topics.map((topic) => ({ ...settings, topic })));
      apps = [];
      leads = [];
      captured = [];
      fails = () => false;
      fault = new Error('cannot be read');
    });
    afterEach(async () => {
      await Promise.all(apps.map((app) => app.close()));
      await bus.close();
    });

    /** As the services do: a strategy beside the HTTP application. */
    async function hybrid(settings: Partial<LeadBusStrategySettings>): Promise<LeadBusStrategy> {
      const strategy = new LeadBusStrategy({ bus, group: `intake-${run}`, ...settings });
      const app = await NestFactory.create(Consumers, { logger: false });
      apps.push(app);
      app.connectMicroservice({ strategy });
      await app.startAllMicroservices();
      return strategy;
    }

    it('brings batches to the handlers of its group, and puts a poison message aside without holding up the rest', async () => {
      fails = (text) => text === 'poison';
      const strategy = await hybrid({});
      const texts = Array.from({ length: 1_000 }, (_, index) => `lead ${index}`);
      await bus.publish(inbound, [...texts.slice(0, 500).map(message), message('poison'), message('no contact')]);
      await bus.publish(inbound, texts.slice(500).map(message));
      await eventually(() => expect(new Set(leads)).toEqual(new Set(texts)));
      await eventually(async () => expect(await listDeadLetters(bus, inbound)).toHaveLength(2));
      expect(strategy.problem()).toBeUndefined();
      const letters = await listDeadLetters(bus, inbound);
      expect(letters).toMatchObject([
        { reason: 'Error: cannot be read', from: { partition: 0, offset: 500n }, count: 3, topic: inbound },
        { reason: 'no email and no phone', from: { partition: 0, offset: 501n }, count: 1, topic: inbound },
      ]);

      fails = () => false;
      expect(
        await resendDeadLetters(
          bus,
          inbound,
          letters.slice(0, 1).map(({ place }) => place),
        ),
      ).toBe(1);
      await eventually(() => expect(leads).toContain('poison'));
      expect(await listDeadLetters(bus, inbound)).toMatchObject([{ reason: 'no email and no phone' }]);
    });

    it('leaves a note of a poison message that the dead-letter topic is too small for, and goes on', async () => {
      await hybrid({});
      const before = (await listDeadLetters(bus, inbound)).length;
      const value = Buffer.concat([Buffer.from('no contact'), Buffer.alloc(3_999_890, ' ')]);
      fails = (text) => text.length > 1_000;
      await bus.publish(inbound, [message('no contact'), { key: 'a', value, headers: {} }, message('behind it')]);
      await eventually(() => expect(leads).toContain('behind it'));
      await eventually(async () => expect((await listDeadLetters(bus, inbound)).length).toBeGreaterThan(before + 1));
      const notes = (await listDeadLetters(bus, inbound)).filter(({ isNote }) => isNote);
      expect(notes).toMatchObject([{ reason: 'Error: cannot be read', topic: inbound, count: 3 }]);
      const places = notes.map(({ place }) => place);
      expect(await resendDeadLetters(bus, inbound, places)).toBe(0);
    });

    it('dispatches events by type', async () => {
      const strategy = await hybrid({ group: `router-${run}`, ignores: { [events]: typesExcept('LeadCaptured') } });
      await bus.publish(events, [event('LeadCaptured', 1), event('LeadWon', 2), event('LeadCaptured', 3)]);
      await eventually(() => expect(captured).toEqual([1, 3]));
      await eventually(async () => expect(await strategy.lag()).toEqual(new Map([[events, 0]])));
    });

    it('does not start when a type of event is neither handled nor ignored', async () => {
      const strategy = new LeadBusStrategy({
        bus,
        group: `router-${run}`,
        ignores: { [events]: typesExcept('LeadCaptured', 'LeadWon') },
      });
      const app = await NestFactory.createMicroservice(Consumers, { strategy, logger: false });
      apps.push(app);
      await expect(app.listen()).rejects.toThrow('neither handles nor ignores');
    });

    it('leaves its partitions to copies that begin anew when the log was replaced under it', async () => {
      const strategy = await hybrid({});
      fault = new LogReplaced('log-a', 'log-b');
      fails = (text) => text === 'later';
      await bus.publish(inbound, [message('now'), message('later')]);
      await eventually(() => expect(strategy.problem()).toBe(fault.message));
      const another = new KafkaEventBus({ brokers: kafka.brokers, clientId: 'another copy' });
      const taken: string[] = [];
      const handle = async ({ messages }: MessageBatch) =>
        void taken.push(...messages.map(({ value }) => String(value)));
      try {
        await another.subscribe({ topics: [inbound], groupId: LeadBusStrategy.groupId(`intake-${run}`), handle });
        await eventually(() => expect(taken).toContain('later'));
      } finally {
        await another.close();
      }
      expect((await listDeadLetters(bus, inbound)).map(({ reason }) => reason)).not.toContain(String(fault));
    });

    it('leaves its partitions to newer copies when it meets an event it does not know', async () => {
      const group = `router-${run}`;
      const strategy = await hybrid({ group, ignores: { [events]: typesExcept('LeadCaptured') } });
      const unknown = event('LeadCaptured', 4);
      await bus.publish(events, [{ ...unknown, headers: { ...unknown.headers, ce_type: 'LeadTeleported' } }]);
      await eventually(() => expect(strategy.problem()).toBe('this copy does not know event LeadTeleported version 1'));
      const before = (await bus.committedOffsets(LeadBusStrategy.groupId(group), events)).get(0);
      expect(before).toBe(((await bus.endOffsets(events)).get(0) ?? 0n) - 1n);
      await eventually(async () => expect(await strategy.lag()).toEqual(new Map([[events, 1]])));
    });
  });
}
