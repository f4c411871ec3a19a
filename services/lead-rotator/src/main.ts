import { createProgram } from './program.ts';

// Who reads our output has seen enough, as in `lead-rotator log | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await createProgram().parseAsync();
} catch (error) {
  // A setting, a port or a folder that cannot be used is the operator's to put right; a stack says nothing to them.
  console.error(error instanceof Error && process.env.LOG_LEVEL !== 'debug' ? error.message : error);
  process.exit(1);
}
