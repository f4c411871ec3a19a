import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Mailbox } from '@lead-rotator/test-cluster';
import { isMailAddress, MailServer } from './mail-server.ts';

const mail = { to: 'ann@acme.example', subject: 'New lead: Kim', text: 'Hello Ann,\n', id: 'log.7.abc' };

let mailbox: Mailbox;
let server: MailServer;
beforeEach(async () => {
  mailbox = await Mailbox.start();
  server = new MailServer({ url: mailbox.url, from: 'Acme Leads <leads@acme.example>' });
});
afterEach(async () => {
  server.close();
  await mailbox.stop();
});

describe('a mail server', () => {
  it('gets a plain text, with an id that the same mail has each time', async () => {
    expect(await server.send(mail)).toEqual({ outcome: 'sent' });
    const [{ from, to, headers, body } = { headers: new Map() }] = mailbox.received;
    expect({ from, to, body }).toEqual({
      from: 'leads@acme.example',
      to: ['ann@acme.example'],
      body: 'Hello Ann,\r\n',
    });
    expect(headers.get('from')).toBe('Acme Leads <leads@acme.example>');
    expect(headers.get('to')).toBe('ann@acme.example');
    expect(headers.get('subject')).toBe('New lead: Kim');
    expect(headers.get('message-id')).toBe('<log.7.abc@acme.example>');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it('gets no header more, whatever the subject is', async () => {
    await server.send({ ...mail, subject: 'Hi\r\nBcc: all@acme.example\r\n\r\nother text' });
    const [received] = mailbox.received;
    expect(received?.to).toEqual(['ann@acme.example']);
    expect([...(received?.headers.keys() ?? [])]).not.toContain('bcc');
    expect(received?.body).toBe('Hello Ann,\r\n');
  });

  it.each([
    ['recipient', 550],
    ['content', 554],
  ])('refuses a mail for its %s with %d', async (step, code) => {
    mailbox.refuses = { [step]: code };
    expect(await server.send(mail)).toEqual({ outcome: 'refused', reason: `the mail server answered ${code}` });
  });

  it.each([
    ['recipient', 450],
    ['content', 451],
    ['sender', 550],
    ['sender', 451],
  ])('is away while it says of the %s %d, which says nothing of this mail', async (step, code) => {
    mailbox.refuses = { [step]: code };
    expect(await server.send(mail)).toEqual({ outcome: 'unavailable', reason: `the mail server answered ${code}` });
  });

  it('is away when nobody listens, and takes mails when it is back', async () => {
    await mailbox.stop();
    expect(await server.send(mail)).toMatchObject({ outcome: 'unavailable' });
    await mailbox.listen();
    expect(await server.send(mail)).toEqual({ outcome: 'sent' });
  });

  it('is not told a password without TLS', async () => {
    const withLogin = new MailServer({ url: mailbox.url.replace('//', '//ann:secret@'), from: 'leads@acme.example' });
    expect(await withLogin.send(mail)).toMatchObject({ outcome: 'unavailable' });
    expect(mailbox.received).toEqual([]);
    withLogin.close();
  });
});

describe('an address', () => {
  it.each(['ann@acme.example', 'ann.o-neil+leads@mail.acme.example', 'jörg@acme.example'])('is %s', (text) =>
    expect(isMailAddress(text)).toBe(true),
  );

  it.each(['', 'ann', 'ann@', 'a@b, c@d', 'a@b\r\nBcc: c@d', 'Ann <a@b>', 'a b@c', '"a"@b'])('is not %j', (text) =>
    expect(isMailAddress(text)).toBe(false),
  );
});
