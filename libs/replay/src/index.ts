export { explainEvent } from './explain/explain-event.ts';
export * from './explain/explain-lead.ts';
export * from './explain/names.ts';
export { storyText } from './explain/story-text.ts';
