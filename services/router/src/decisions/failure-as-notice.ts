import { leaveUnassignedOnFailure } from '@lead-rotator/claim';
import type { LeadCommand } from '@lead-rotator/command-handling';

const longest = 500;

/**
 * A decider that fails on a lead nobody has decided yet leaves it unassigned, with the error as a notice: a person sees
 * it, and the leads around it are not held up. A lead that is decided stays as it is, and `kept` is told why.
 */
export function failureAsNotice(command: LeadCommand, kept: (error: unknown) => void): LeadCommand {
  return {
    ...command,
    decide(scene, at) {
      try {
        return command.decide(scene, at);
      } catch (error) {
        if (!scene.lead.decided) return [leaveUnassignedOnFailure(scene.lead, describe(error), at)];
        kept(error);
        return [];
      }
    },
  };
}

/** One line that the log can hold. */
function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, longest);
}
