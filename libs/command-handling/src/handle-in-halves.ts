import { InvalidUnit } from '@lead-rotator/event-log';
import type { Command, Outcome } from './command.ts';
import type { CommandHandler, ReadAhead } from './command-handler.ts';

/**
 * As `CommandHandler.handleAll`, for commands that may be repeated: what is too much for one unit of the log, because
 * very many members were passed over, goes in halves. `alone`: what a command comes to whose events the log will never
 * take.
 * @throws TooManyConflicts, LogUnavailable, or the projection's fault: some of the commands may have been done.
 */
export async function handleInHalves<Given extends Command>(
  handler: Pick<CommandHandler, 'handleAll'>,
  commands: readonly Given[],
  alone: (command: Given, error: InvalidUnit) => Outcome | Promise<Outcome>,
  ahead?: ReadAhead,
): Promise<Outcome[]> {
  try {
    return await handler.handleAll(commands, ahead);
  } catch (error) {
    if (!(error instanceof InvalidUnit)) throw error;
    const [only] = commands;
    if (only === undefined) return [];
    if (commands.length === 1) return [await alone(only, error)];
    const middle = commands.length >> 1;
    const first = await handleInHalves(handler, commands.slice(0, middle), alone);
    return [...first, ...(await handleInHalves(handler, commands.slice(middle), alone))];
  }
}
