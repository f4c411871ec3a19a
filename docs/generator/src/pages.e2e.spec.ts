import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testBrokerSource } from '@lead-rotator/kafka-broker';
import { ServiceProcess, TestCluster } from '@lead-rotator/test-cluster';
import { codeBlocks } from './code-block.ts';
import { type PageEnvironment, runPage } from './run-page.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const kafka = await testBrokerSource();
const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
  .sort()
  .map((name) => ({ name, blocks: codeBlocks(name, readFileSync(join(root, 'docs', name), 'utf8')) }))
  .filter(({ blocks }) => blocks.some(({ marks }) => marks.includes('run')))
  .map((page) => ({ ...page, needsKafka: page.blocks.some(({ code }) => code.includes('kafkajs')) }));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lead-rotator-docs-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the pages of the documentation', () => {
  it('are found', () => {
    expect(pages.length).toBeGreaterThan(0);
  });

  it.each(pages.filter(({ needsKafka }) => !needsKafka))(
    '$name holds on a machine with nothing but Node',
    async ({ blocks }) => {
      const process = await ServiceProcess.start(['all'], {
        LEAD_ROTATOR_HOME: join(folder, '.lead-rotator'),
        KAFKA_BROKERS: '',
      });
      try {
        await runPage(blocks, environment(process.url, process.key, ''));
      } finally {
        await process.end();
      }
    },
  );
});

describe('the pages about Kafka', () => {
  if ('skipped' in kafka) {
    it.skip(`are skipped: ${kafka.skipped}`, () => undefined);
    return;
  }

  it.each(pages.filter(({ needsKafka }) => needsKafka))('$name holds against a broker', async ({ blocks }) => {
    const cluster = await TestCluster.start({ processes: [['all']], kafka: true });
    const [process] = cluster?.processes ?? [];
    try {
      await runPage(blocks, environment(process?.url ?? '', process?.key, cluster?.broker?.brokers.join(',') ?? ''));
    } finally {
      await cluster?.stop();
    }
  });
});

/** The addresses that stand in the pages, and those of this run. */
function environment(url: string, key: string | undefined, brokers: string): PageEnvironment {
  return {
    folder,
    variables: { KAFKA_BROKERS: brokers, LEAD_ROTATOR_KEY: key ?? '' },
    instead: { 'http://127.0.0.1:3000': url },
  };
}
