export * from './define-event.ts';
export * from './ids.ts';
export * from './lead-captured.ts';
export * from './passed-over.ts';
export * from './tags.ts';
export * from './turn.ts';
