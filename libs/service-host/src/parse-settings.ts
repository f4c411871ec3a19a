import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { Settings } from './settings.ts';

/** The settings cannot be used; the message names every fault. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings';
  constructor(readonly faults: readonly string[]) {
    super(`the settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Reads the settings from environment variables; an empty variable counts as not set.
 * @throws InvalidSettings with all faults at once. A password's or secret's value is never in the message.
 */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given: Record<string, string> = {};
  for (const property of Object.keys(new Settings())) {
    const value = environment[variableOf(property)]?.trim();
    if (value !== undefined && value !== '') given[property] = value;
  }
  const settings = plainToInstance(Settings, given);
  const faults = validateSync(settings).map((error) => describeFault(error, given));
  faults.push(...combinationFaults(settings));
  if (faults.length > 0) throw new InvalidSettings(faults);
  return Object.freeze(settings);
}

/** The environment variable of a setting: `topicPartitions` is set by `TOPIC_PARTITIONS`. */
export function variableOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function describeFault(error: ValidationError, given: Readonly<Record<string, string>>): string {
  const reasons = [...new Set(Object.values(error.constraints ?? {}))].join('; ');
  const value = /password|secret|databaseUrl|webhookUrl|smtpUrl/i.test(error.property)
    ? '(not shown)'
    : JSON.stringify(given[error.property]);
  return `${variableOf(error.property)} is ${value}: ${reasons}`;
}

function combinationFaults(settings: Settings): string[] {
  const { kafkaBrokers, kafkaSaslMechanism, kafkaSaslUsername, kafkaSaslPassword, kafkaTls, kafkaTlsCa } = settings;
  const faults: string[] = [];
  const needsLogin = kafkaSaslMechanism !== undefined;
  if (needsLogin !== (kafkaSaslUsername !== undefined) || needsLogin !== (kafkaSaslPassword !== undefined)) {
    faults.push('KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD: set all three or none');
  }
  if (kafkaTlsCa !== undefined && !kafkaTls) faults.push('KAFKA_TLS_CA is set without KAFKA_TLS=true');
  if (kafkaBrokers === undefined && (kafkaTls || needsLogin)) {
    faults.push('KAFKA_BROKERS is missing, but KAFKA_TLS or KAFKA_SASL_MECHANISM is set');
  }
  const { webhookUrl, webhookSecret, smtpUrl, mailFrom } = settings;
  if ((webhookUrl === undefined) !== (webhookSecret === undefined)) {
    faults.push('WEBHOOK_URL and WEBHOOK_SECRET: set both or none');
  }
  if ((smtpUrl === undefined) !== (mailFrom === undefined)) faults.push('SMTP_URL and MAIL_FROM: set both or none');
  return faults;
}
