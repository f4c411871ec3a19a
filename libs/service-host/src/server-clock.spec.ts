import { describe, expect, it } from '@jest/globals';
import { ServerClock } from './server-clock.ts';

/** A server whose time is a thousand ahead of the ticks, with a question and its answer on their ways for so many of them. */
function scene() {
  const told = { ticks: 100, server: 1_100, way: 0, connecting: 0, away: false };
  const pass = (ticks: number) => {
    told.ticks += ticks;
    told.server += ticks;
  };
  const ask = async () => {
    if (told.away) throw new Error('away');
    pass(told.connecting);
    told.connecting = 0;
    pass(told.way);
    const time = told.server;
    pass(told.way);
    return time;
  };
  return { told, start: () => ServerClock.start(ask, () => told.ticks) };
}

describe('the clock of the server', () => {
  it('shows the time of the server, however long the answer was on its way', async () => {
    const { told, start } = scene();
    told.way = 40;
    const clock = await start();
    expect(clock.now()).toBe(told.server);
    clock.stop();
  });

  it('does not go by an answer that had to wait for its connection', async () => {
    const { told, start } = scene();
    told.way = 1;
    told.connecting = 40;
    const clock = await start();
    expect(clock.now()).toBe(told.server);
    clock.stop();
  });

  it('goes on by itself while the server is away, and follows it when it is back', async () => {
    const { told, start } = scene();
    const clock = await start();
    told.away = true;
    told.ticks += 50;
    await expect(clock.look()).rejects.toThrow('away');
    expect(clock.now()).toBe(1_150);
    told.away = false;
    told.server += 60;
    await clock.look();
    expect(clock.now()).toBe(1_160);
    clock.stop();
  });

  it('is not there before the server has answered once', async () => {
    const { told, start } = scene();
    told.away = true;
    await expect(start()).rejects.toThrow('away');
  });
});
