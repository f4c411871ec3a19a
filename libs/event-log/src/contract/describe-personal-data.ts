import { describe, expect, it } from '@jest/globals';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { ContactId } from '@lead-rotator/lead-events';
import { contactMadeBehind } from '../contacts/contact-id.ts';
import { InvalidUnit } from '../errors.ts';
import { acme, type LogOfTest, sampleEvent, sampleUnit, tag } from './sample-unit.ts';

/** What is known about people: who sees it, and how it is forgotten. */
export function describePersonalData(log: LogOfTest): void {
  describe('personal data', () => {
    const identifier = { kind: 'email', value: 'kim@lead.example' } as const;
    const phone = { kind: 'phone', value: '+4915112345678' } as const;
    const person = { firstName: 'Kim', email: 'kim@lead.example' };

    async function captureKim(): Promise<ContactId> {
      const [[contactId, ...more] = []] = await log().contacts.resolve(acme, [[identifier, phone]]);
      if (contactId === undefined) throw new Error('no contact');
      const data = { leadId: 'l-1', contactIds: [contactId, ...more], person };
      await log().append(sampleUnit('capture', { events: [sampleEvent({ type: 'LeadCaptured', data })] }));
      return contactId;
    }
    const personIn = async (open: boolean) =>
      ((await log().read({ open })).events[0]?.data as { person: unknown } | undefined)?.person;

    it('is given in clear to those who ask for it, and to nobody else', async () => {
      await captureKim();
      expect(await personIn(true)).toEqual(person);
      expect(await personIn(false)).toEqual({ sealed: true });
      const tags = [tag('note:1')];
      const [opened] = await log().readByTags({ organizationId: acme, tags, open: true });
      expect(opened?.data).toMatchObject({ leadId: 'l-1', person });
    });

    it('is gone for ever when the contact is forgotten, and the log stands as it stood', async () => {
      const contactId = await captureKim();
      await log().contacts.forget(contactId);
      expect(await personIn(true)).toEqual({ erased: true });
      expect(await log().contacts.find(acme, identifier)).toBeUndefined();
      expect(await log().contacts.find(acme, phone)).toBeDefined();
      const [[again] = []] = await log().contacts.resolve(acme, [[identifier]]);
      expect(again).not.toBe(contactId);
      expect(await personIn(true)).toEqual({ erased: true });
    });

    it('is of a contact whose id says behind which position it was made', async () => {
      const madeBehind = async (value: string) => {
        const [[contactId] = []] = await log().contacts.resolve(acme, [[{ kind: 'email', value }]]);
        return contactMadeBehind(contactId as ContactId);
      };
      expect(await madeBehind('first@lead.example')).toBe(0);
      await log().append(sampleUnit('a', { events: [sampleEvent(), sampleEvent()] }));
      expect(await madeBehind('second@lead.example')).toBe(2);
      expect(await madeBehind('first@lead.example')).toBe(0);
    });

    it('without a contact to seal it for is refused', async () => {
      const data = { leadId: 'l-1', contactIds: [], person };
      const unit = sampleUnit('a', { events: [sampleEvent({ type: 'LeadCaptured', data })] });
      await expect(log().append(unit)).rejects.toBeInstanceOf(InvalidUnit);
    });

    it('belongs to one contact for each identifier of an organization, however many ask at once', async () => {
      const ask = () => log().contacts.resolve(acme, [[identifier, phone], [phone], [], [identifier]]);
      const answers = await Promise.all([ask(), ask(), ask(), ask()]);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      const [[email, number] = [], ...others] = answers[0] ?? [];
      expect(others).toEqual([[number], [], [email]]);
      expect(email).not.toBe(number);
      expect(await log().contacts.find(acme, identifier)).toBe(email);
      const [[elsewhere] = []] = await log().contacts.resolve('other' as OrganizationId, [[identifier]]);
      expect(elsewhere).not.toBe(email);
    });
  });
}
