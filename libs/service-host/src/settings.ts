import 'reflect-metadata';
import { eventDefinitions, type LeadRotatorEventType } from '@lead-rotator/lead-events';
import { Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
} from 'class-validator';

const port = { message: 'must be a whole number from 0 to 65535 (0: any free port)' };
const partitions = { message: 'must be a whole number from 1 to 1000' };
const replication = { message: 'must be a whole number from 1 to 9' };
const retention = { message: 'must be a whole number of hours, at least 1' };
const someSeconds = { message: 'must be a whole number of seconds from 1 to 3600' };
const requestSeconds = { message: 'must be a whole number of seconds from 1 to 60' };
const trueOrFalse = { message: 'must be true or false' };

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof saslMechanisms)[number];

const commaSeparated = () =>
  Transform(({ value }) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value));
const boolean = () =>
  Transform(({ value }) =>
    value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value,
  );

/**
 * What is set from outside. Each comes from the environment variable of the same name in capitals
 * (`topicPartitions` from `TOPIC_PARTITIONS`); the values here are the defaults.
 */
export class Settings {
  /** Where the HTTP API listens. */
  @Type(() => Number)
  @IsInt(port)
  @Min(0, port)
  @Max(65_535, port)
  readonly port: number = 3000;

  /** The address it listens on; 0.0.0.0 for all. */
  @IsString()
  readonly host: string = '127.0.0.1';

  /** Folder of what is kept on this machine: the embedded PostgreSQL. */
  @IsString()
  readonly leadRotatorHome: string = '.lead-rotator';

  /** The PostgreSQL that holds the log; without it an embedded one is started in the home folder. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must be an address like postgres://user:password@host:5432/database' })
  readonly databaseUrl?: string = undefined;

  /** Kafka brokers, separated by commas; without them messages go over the local bus. */
  @IsOptional()
  @commaSeparated()
  @IsArray()
  @Matches(/^[^\s:]+:\d{1,5}$/, { each: true, message: 'must be brokers like host1:9092,host2:9092' })
  readonly kafkaBrokers?: string[] = undefined;

  /** Encrypt the connections to Kafka. */
  @boolean()
  @IsBoolean(trueOrFalse)
  readonly kafkaTls: boolean = false;

  /** File with the certificates (PEM) to trust in place of the well-known authorities. */
  @IsOptional()
  @IsString()
  readonly kafkaTlsCa?: string = undefined;

  /** How to log in to Kafka. */
  @IsOptional()
  @IsIn(saslMechanisms, { message: `must be one of ${saslMechanisms.join(', ')}` })
  readonly kafkaSaslMechanism?: SaslMechanism = undefined;

  /** The name to log in to Kafka with. */
  @IsOptional()
  @IsNotEmpty()
  readonly kafkaSaslUsername?: string = undefined;

  /** The password to log in to Kafka with; never shown. */
  @IsOptional()
  @IsNotEmpty()
  readonly kafkaSaslPassword?: string = undefined;

  /** Partitions of a topic when it is created; fixed for the topic's life, since the key decides the partition. */
  @Type(() => Number)
  @IsInt(partitions)
  @Min(1, partitions)
  @Max(1000, partitions)
  readonly topicPartitions: number = 8;

  /** Copies of a topic when it is created; 3 on a cluster of three brokers or more. What is acknowledged lies on all of them but one at least. */
  @Type(() => Number)
  @IsInt(replication)
  @Min(1, replication)
  @Max(9, replication)
  readonly topicReplication: number = 1;

  /** How long a topic keeps messages when it is created: longer than the longest outage planned for. */
  @Type(() => Number)
  @IsInt(retention)
  @Min(1, retention)
  readonly topicRetentionHours: number = 168;

  /** Country of phone numbers without an international prefix, where the organization has set none; without any they are refused. */
  @IsOptional()
  @IsISO31661Alpha2({ message: 'must be a country of two capital letters, like DE' })
  readonly defaultCountry?: string = undefined;

  /** A captured lead whose message has not come after so long is decided from the log. */
  @Type(() => Number)
  @IsInt(someSeconds)
  @Min(1, someSeconds)
  @Max(3600, someSeconds)
  readonly undecidedAfterSeconds: number = 5;

  /** Where webhooks are posted to; without it none are sent. Never shown, since addresses may carry a token. */
  @IsOptional()
  @Matches(/^https?:\/\/[^\s/?#@]+([/?]\S*)?$/, { message: 'must be an address like https://push.acme.example/leads' })
  readonly webhookUrl?: string = undefined;

  /** What webhooks are signed with; never shown. While it is being changed, the new one and the old one, separated by a comma. */
  @IsOptional()
  @commaSeparated()
  @IsArray()
  @Matches(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, {
    each: true,
    message: 'must be whsec_ followed by 24 to 64 random bytes in base64',
  })
  readonly webhookSecret?: string[] = undefined;

  /** Types of the events that webhooks tell, separated by commas; without it those about owners and deadlines, and every notice. */
  @IsOptional()
  @commaSeparated()
  @IsArray()
  @IsIn(Object.keys(eventDefinitions), {
    each: true,
    message: 'must be types of events like LeadAssigned,LeadReassigned',
  })
  readonly webhookEvents?: LeadRotatorEventType[] = undefined;

  /** How long one webhook may take, from the request to the end of the answer. */
  @Type(() => Number)
  @IsInt(requestSeconds)
  @Min(1, requestSeconds)
  @Max(60, requestSeconds)
  readonly webhookTimeoutSeconds: number = 10;

  /** The server that takes mails to owners, with its login; without it none are sent. Never shown. */
  @IsOptional()
  @Matches(/^smtps?:\/\/([^\s/?#@:]+:[^\s/?#@]*@)?[^\s/?#@:]+(:\d{1,5})?\/?$/, {
    message: 'must be an address like smtps://user:password@mail.acme.example:465',
  })
  readonly smtpUrl?: string = undefined;

  /** Who mails come from. */
  @IsOptional()
  @Matches(/^([^<>@"\s][^<>@"\r\n]*<[^\s<>@,;:"]+@[^\s<>@,;:"]+>|[^\s<>@,;:"]+@[^\s<>@,;:"]+)$/, {
    message: 'must be like leads@acme.example or Acme Leads <leads@acme.example>',
  })
  readonly mailFrom?: string = undefined;

  /** The address that mails link to, with {leadId} where the id of the lead goes; without it they name the id. */
  @IsOptional()
  @Matches(/^https?:\/\/\S*\{leadId\}\S*$/, {
    message: 'must be an address like https://crm.acme.example/leads/{leadId}',
  })
  readonly leadLink?: string = undefined;

  /** The least severe messages that are logged. */
  @IsIn(logLevels, { message: `must be one of ${logLevels.join(', ')}` })
  readonly logLevel: LogLevel = 'info';
}
