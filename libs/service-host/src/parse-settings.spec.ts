import { describe, expect, it } from '@jest/globals';
import { InvalidSettings, parseSettings } from './parse-settings.ts';
import { Settings } from './settings.ts';

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
  ])('refuse %s', (_, environment) => {
    expect(faultsOf(environment)).toHaveLength(1);
  });

  it('never repeat a password', () => {
    expect(faultsOf({ KAFKA_SASL_PASSWORD: 'tell-nobody' }).join()).not.toContain('tell-nobody');
  });
});
