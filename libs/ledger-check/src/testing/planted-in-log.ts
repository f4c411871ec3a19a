import type { PlantedFault } from './planted-fault.ts';
import { plantedInClaims } from './planted-in-claims.ts';
import { plantedInLives } from './planted-in-lives.ts';
import { plantedInTurns } from './planted-in-turns.ts';

export const plantedInLog: readonly PlantedFault[] = [...plantedInLives, ...plantedInTurns, ...plantedInClaims];
