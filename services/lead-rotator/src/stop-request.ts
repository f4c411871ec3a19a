/**
 * Resolves when the process is asked to stop: by a signal, or because the process that started it under the pinned Node
 * is gone. The second ctrl-c of somebody impatient changes nothing; what must end ends within the time limit.
 */
export function stopRequest(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    if (process.channel !== undefined && process.channel !== null) {
      process.on('disconnect', () => resolve('disconnect'));
      process.channel.unref();
    }
  });
}
