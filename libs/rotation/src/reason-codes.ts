import { type PassOverReason, passOverReasons } from '@lead-rotator/lead-events';

/** The reasons in the order in which they count; a reason's code is its place here. 0 is no reason: eligible. */
const reasons: readonly (PassOverReason | undefined)[] = [undefined, ...passOverReasons];

const codes = new Map<string | undefined, number>(reasons.map((reason, code) => [reason, code]));

export const codeOf = (reason: PassOverReason | undefined): number => codes.get(reason) ?? 0;
export const reasonOf = (code: number): PassOverReason | undefined => reasons[code];

export const inactive = codeOf('inactive');
export const filtered = codeOf('filtered');
export const declined = codeOf('declined');
export const hadIt = codeOf('had-it');

/** Somebody is there, though this lead may not be for them. */
export const isPresent = (code: number): boolean => code === 0 || code >= filtered;
