import { availableParallelism } from 'node:os';

/** Node.js runs the sources as they are; jest strips the types with swc. */
const base = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};

const inTimeZone = (timeZone) => ({
  ...base,
  testEnvironment: '<rootDir>/test/support/time-zone-environment.ts',
  testEnvironmentOptions: { timeZone },
});

const rulesAndWords = ['<rootDir>/test/{domain,scenarios,unit}/**/*.test.ts'];
/** In one time zone: tenants have zones of their own, and every time is given. See `test/unit/time-zone.test.ts`. */
const useCases = ['<rootDir>/test/{monitoring,simulation,soak,days}/**/*.test.ts'];

/**
 * `unit` needs no database, server or browser; `unit-dst` is its rules and words where clocks change; `full` is the real thing.
 */
export default {
  // A slow machine is no failure: what must end in time says so itself.
  testTimeout: 600_000,
  // One suite more than there are cores, since a suite often waits; beyond four, memory would run short.
  maxWorkers: Math.min(4, availableParallelism() + 1),
  // Modules of a finished suite stay in the memory of its process, so a process that has grown is replaced.
  workerIdleMemoryLimit: '1.5GB',
  testSequencer: '<rootDir>/test/support/slowest-first.js',
  projects: [
    { ...inTimeZone('UTC'), displayName: 'unit', testMatch: [...rulesAndWords, ...useCases] },
    { ...inTimeZone('America/New_York'), displayName: 'unit-dst', testMatch: rulesAndWords },
    {
      ...inTimeZone('UTC'),
      displayName: 'full',
      testMatch: ['<rootDir>/test/{adapters,e2e,faults,fuzz}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/places-setup.ts',
      globalTeardown: '<rootDir>/test/support/places-teardown.ts',
    },
  ],
};
