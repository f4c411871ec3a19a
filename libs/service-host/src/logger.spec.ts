import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLogger('info', 'intake', { write: (line) => void lines.push(line) }));
  return JSON.parse(lines.join(''));
}

describe('the logger', () => {
  it('writes one object with level, time, service and the ids given', () => {
    const line = logged((logger) => logger.info({ leadId: 'L1', traceId: 't' }, 'captured'));
    expect(line).toMatchObject({ level: 'info', service: 'intake', leadId: 'L1', traceId: 't', msg: 'captured' });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('says of what is away for now what it is, and not where it came from', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', cause: new Error('more') });
    const line = logged((logger) => logger.warn({ err: error }, 'tried again'));
    expect(line.err).toEqual({ name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' });
  });

  it('keeps the parameters of a failed query out', () => {
    const error = Object.assign(new Error('insert failed', { cause: new Error('cut') }), {
      code: '22P05',
      parameters: ['kim@lead.example'],
      detail: 'Key (email)=(kim@lead.example)',
    });
    const line = logged((logger) => logger.error({ err: error }, 'append failed'));
    expect(JSON.stringify(line)).not.toContain('kim@lead.example');
    expect(line.err).toMatchObject({ message: 'insert failed', code: '22P05', cause: { message: 'cut' } });
  });
});
