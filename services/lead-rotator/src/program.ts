import { Command } from 'commander';
import { addCheck } from './commands/check.ts';
import { addDeadLetters } from './commands/dead-letters.ts';
import { addDemo } from './commands/demo.ts';
import { addExplain } from './commands/explain.ts';
import { addExport } from './commands/export.ts';
import { addForget } from './commands/forget.ts';
import { addKeys } from './commands/keys.ts';
import { addLog } from './commands/log.ts';
import { addProve } from './commands/prove.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addRenewLog } from './commands/renew-log.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addRepublish } from './commands/republish.ts';
import { addServe } from './commands/serve.ts';
import { addSimulate } from './commands/simulate.ts';
import { addSnapshot } from './commands/snapshot.ts';
import { addVerify } from './commands/verify.ts';
import { addWhatIf } from './commands/what-if.ts';

/** The command line. A command is a file in `commands/` that adds itself. */
export function createProgram(): Command {
  const program = new Command('lead-rotator')
    .description('Takes leads in, gives each to the right person in the right turn, and can prove why.')
    .showHelpAfterError('add --help to see how it is called');
  for (const add of [
    addServe,
    addKeys,
    addDemo,
    addCheck,
    addVerify,
    addExport,
    addProve,
    addForget,
    addExplain,
    addReplay,
    addWhatIf,
    addReport,
    addLog,
    addDeadLetters,
    addRepublish,
    addRebuild,
    addRenewLog,
    addSnapshot,
    addSimulate,
  ])
    add(program);
  return program;
}
