const silentMilliseconds = 1_000;

/** How far something long is; `of`: how far it goes, where that is known. */
interface Progress {
  readonly part: string;
  readonly done: number;
  readonly of?: number;
}

/** Shows on standard error how far something long is: after a second, then once a second, on one line of a terminal. */
export function progressLine(now: () => number = Date.now): (progress: Progress) => void {
  let next = now() + silentMilliseconds;
  const { isTTY } = process.stderr;
  return ({ part, done, of }) => {
    if (now() < next) return;
    next = now() + silentMilliseconds;
    const text = of === undefined ? `${part}: ${done}` : `${part}: ${done} of ${of}`;
    process.stderr.write(isTTY ? `\r\u001b[K${text}\r` : `${text}\n`);
  };
}
