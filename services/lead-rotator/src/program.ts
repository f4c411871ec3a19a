import { Command } from 'commander';
import { addServe } from './commands/serve.ts';

/** The command line. A command is a file in `commands/` that adds itself. */
export function createProgram(): Command {
  const program = new Command('lead-rotator')
    .description('Takes leads in, gives each to the right person in the right turn, and can prove why.')
    .showHelpAfterError();
  for (const add of [addServe]) add(program);
  return program;
}
