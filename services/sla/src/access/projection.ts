/** What `Projection<Distribution>` is injected by. */
export const PROJECTION = Symbol('PROJECTION');
