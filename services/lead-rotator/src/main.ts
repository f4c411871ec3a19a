import { inWords } from './in-words.ts';
import { createProgram } from './program.ts';
import { endWithReader } from './reader-gone.ts';

endWithReader(process.stdout);

try {
  await createProgram().parseAsync();
} catch (error) {
  // A setting, a port or a folder that cannot be used is the operator's to put right; a stack says nothing to them.
  console.error(process.env.LOG_LEVEL === 'debug' ? error : inWords(error));
  process.exit(1);
}
