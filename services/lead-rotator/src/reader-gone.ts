import type { Writable } from 'node:stream';

let outlived = false;

/**
 * Ends the process once nobody reads what it prints, as in `lead-rotator log | head`, with the exit status that is known
 * by then. Any other fault of the output is thrown.
 */
export function endWithReader(output: Writable): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (!outlived) process.exit();
  });
}

/** For a command whose exit status is an answer of its own: it goes on without a reader, and must not print any more. */
export function outliveReader(): void {
  outlived = true;
}

/** Whether an error says that nobody reads the output. */
export const isReaderGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE');
