import type { Distribution } from '@lead-rotator/rotation';

/** How people and rotations are called in what is told. */
export interface Names {
  user(userId: string): string;
  rotation(rotationId: string): string;
}

/** By their ids alone. */
export const idsAsNames: Names = { user: (userId) => userId, rotation: (rotationId) => rotationId };

/** By the names that they have in a distribution, with the ids, by which they are found. */
export const namesIn = ({ users, rotations }: Distribution): Names => ({
  user: (userId) => called(users.get(userId as never)?.name, userId),
  rotation: (rotationId) => called(rotations.get(rotationId as never)?.name, rotationId),
});

const called = (name: string | undefined, id: string): string =>
  name === undefined || name === id ? id : `${name} (${id})`;
