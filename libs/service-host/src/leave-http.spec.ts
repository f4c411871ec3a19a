import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { prepareToLeave } from './leave-http.ts';

@Controller()
class SlowController {
  @Get()
  async answer(): Promise<string> {
    await sleep(20);
    return 'answered';
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

describe('leaving HTTP', () => {
  it('answers what is under way, and ends although a client asks again and again on its connection', async () => {
    const app = await NestFactory.create<NestExpressApplication>(SlowModule, { logger: false });
    const leave = prepareToLeave(app);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const answers: (number | undefined)[] = [];
    const ask = () =>
      new Promise<void>((resolve, reject) => {
        get(url, { agent }, (response) => {
          answers.push(response.statusCode);
          response.resume().on('end', resolve);
        }).on('error', reject);
      });
    await ask();
    const asking = (async () => {
      for (;;) await ask();
    })();
    await Promise.all([leave(), expect(asking).rejects.toThrow()]);
    expect(new Set(answers)).toEqual(new Set([200]));
    agent.destroy();
    await app.close();
  });
});
