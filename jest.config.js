import { availableParallelism } from 'node:os';

/** One jest over the whole tree: sources are compiled by swc, packages of the workspace are read from their sources. */
export default {
  testEnvironment: 'node',
  // The long ones wait for something most of the time: two at a time are done sooner, on two processors too.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  globalSetup: './libs/postgres/jest/global-setup.js',
  globalTeardown: './libs/postgres/jest/global-teardown.js',
  // The first spec that needs the database starts it, and a busy machine takes its time. Longer than two waits of
  // `eventually`: what a spec waits for in vain is said by its expectation, not by jest.
  testTimeout: 180_000,
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/bench', '<rootDir>/docs'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@lead-rotator/([^/]+)$': ['<rootDir>/libs/$1/src/index.ts', '<rootDir>/services/$1/src/index.ts'],
    '^@lead-rotator/([^/]+)/(.+)$': '<rootDir>/libs/$1/src/$2.ts',
  },
  modulePathIgnorePatterns: ['/dist/'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'esnext',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
