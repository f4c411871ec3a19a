import { describe, expect, it } from '@jest/globals';
import { InvalidSettings, parseSettings } from './parse-settings.ts';
import { Settings } from './settings.ts';

const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettings) return error.faults;
    throw error;
  }
}

describe('the settings', () => {
  it('are the defaults in an empty environment', () => {
    expect({ ...parseSettings({}) }).toEqual({ ...new Settings() });
    expect(parseSettings({}).port).toBe(3000);
  });

  it('are read from variables of their names', () => {
    const settings = parseSettings({
      PORT: '8080',
      DATABASE_URL: 'postgres://ann@db/leads',
      KAFKA_BROKERS: 'one:9092, two:9092',
      KAFKA_TLS: 'true',
      TOPIC_RETENTION_HOURS: '24',
      DEFAULT_COUNTRY: 'DE',
      LOG_LEVEL: 'debug',
    });
    expect(settings).toMatchObject({
      port: 8080,
      databaseUrl: 'postgres://ann@db/leads',
      kafkaBrokers: ['one:9092', 'two:9092'],
      kafkaTls: true,
      topicRetentionHours: 24,
      defaultCountry: 'DE',
      logLevel: 'debug',
    });
  });

  it('take an empty variable as not set', () => {
    expect(parseSettings({ PORT: '', KAFKA_BROKERS: ' ' })).toMatchObject({ port: 3000, kafkaBrokers: undefined });
  });

  it('say every fault in one message', () => {
    expect(() =>
      parseSettings({
        PORT: 'abc',
        KAFKA_BROKERS: 'one',
        KAFKA_TLS: 'maybe',
        LOG_LEVEL: 'loud',
        DATABASE_URL: 'mysql://x',
      }),
    ).toThrow(
      [
        'the settings cannot be used:',
        '  PORT is "abc": must be a whole number from 0 to 65535 (0: any free port)',
        '  DATABASE_URL is (not shown): must be an address like postgres://user:password@host:5432/database',
        '  KAFKA_BROKERS is "one": must be brokers like host1:9092,host2:9092',
        '  KAFKA_TLS is "maybe": must be true or false',
        '  LOG_LEVEL is "loud": must be one of trace, debug, info, warn, error, fatal, silent',
      ].join('\n'),
    );
  });

  it.each<[string, Record<string, string>]>([
    [
      'a login without its password',
      { KAFKA_BROKERS: 'k:9092', KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'a' },
    ],
    ['certificates without TLS', { KAFKA_BROKERS: 'k:9092', KAFKA_TLS_CA: 'ca.pem' }],
    ['TLS without brokers', { KAFKA_TLS: 'true' }],
    ['an endpoint without a secret', { WEBHOOK_URL: 'https://push.acme.example/leads' }],
    ['a secret without an endpoint', { WEBHOOK_SECRET: secret }],
    ['a mail server without a sender', { SMTP_URL: 'smtp://mail.acme.example' }],
    ['a sender without a mail server', { MAIL_FROM: 'leads@acme.example' }],
  ])('refuse %s', (_, environment) => {
    expect(faultsOf(environment)).toHaveLength(1);
  });

  it.each(['KAFKA_SASL_PASSWORD', 'WEBHOOK_SECRET', 'WEBHOOK_URL', 'SMTP_URL'])('never repeat %s', (variable) => {
    const faults = faultsOf({ [variable]: 'tell-nobody' });
    expect(faults.join()).toContain(variable);
    expect(faults.join()).not.toContain('tell-nobody');
  });

  it('take one way of telling others, or both', () => {
    const settings = parseSettings({
      WEBHOOK_URL: 'https://push.acme.example/leads?token=abc',
      WEBHOOK_SECRET: `${secret}, ${secret}`,
      WEBHOOK_EVENTS: 'LeadAssigned, LeadWon',
      SMTP_URL: 'smtps://leads%40acme.example:p%40ss@mail.acme.example:465',
      MAIL_FROM: 'Acme Leads <leads@acme.example>',
      LEAD_LINK: 'https://crm.acme.example/leads/{leadId}',
    });
    expect(settings).toMatchObject({
      webhookSecret: [secret, secret],
      webhookEvents: ['LeadAssigned', 'LeadWon'],
      webhookTimeoutSeconds: 10,
      mailFrom: 'Acme Leads <leads@acme.example>',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['WEBHOOK_URL', { WEBHOOK_URL: 'https://user:password@push.acme.example', WEBHOOK_SECRET: secret }],
    ['WEBHOOK_URL', { WEBHOOK_URL: 'ftp://push.acme.example', WEBHOOK_SECRET: secret }],
    ['WEBHOOK_SECRET', { WEBHOOK_URL: 'https://push.acme.example', WEBHOOK_SECRET: `${secret},short` }],
    ['WEBHOOK_EVENTS', { WEBHOOK_EVENTS: 'LeadAssigned,LeadTeleported' }],
    ['WEBHOOK_TIMEOUT_SECONDS', { WEBHOOK_TIMEOUT_SECONDS: '600' }],
    ['SMTP_URL', { SMTP_URL: 'https://mail.acme.example', MAIL_FROM: 'a@acme.example' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail', MAIL_FROM: 'Leads <a@acme.example>\r\nBcc: b@acme.example' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail', MAIL_FROM: 'a@acme.example, b@acme.example' }],
    ['LEAD_LINK', { LEAD_LINK: 'https://crm.acme.example/leads' }],
  ])('refuse a %s like in %j', (variable, environment) => {
    expect(faultsOf(environment).map((fault) => fault.split(' ')[0])).toEqual([variable]);
  });
});
