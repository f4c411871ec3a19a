/** A scenario file cannot be understood: where, what was found, and what is allowed there. */
export class ScenarioFault extends Error {
  readonly path: string;

  constructor(path: string, found: unknown, allowed: string, meant?: string) {
    const nearest = meant === undefined ? '' : `; did you mean "${meant}"?`;
    super(`${path === '' ? 'the file' : path}: found ${shown(found)}, allowed: ${allowed}${nearest}`);
    this.name = 'ScenarioFault';
    this.path = path;
  }
}

function shown(found: unknown): string {
  if (found === undefined) return 'nothing';
  const text = typeof found === 'string' ? `"${found}"` : JSON.stringify(found);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
