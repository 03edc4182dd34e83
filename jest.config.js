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

const withoutIO = ['<rootDir>/test/{domain,monitoring,scenarios,days,soak,unit}/**/*.test.ts'];
/** Its tenants have time zones of their own. */
const simulated = ['<rootDir>/test/simulation/**/*.test.ts'];

/** `unit` needs no database, server or browser; `unit-dst` is the same where clocks change; `full` is the real thing. */
export default {
  // A slow machine is no failure: what must end in time says so itself.
  testTimeout: 600_000,
  // Modules of a finished suite stay in the memory of its process, so a process that has grown is replaced.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1.5GB',
  projects: [
    { ...inTimeZone('UTC'), displayName: 'unit', testMatch: [...withoutIO, ...simulated] },
    { ...inTimeZone('America/New_York'), displayName: 'unit-dst', testMatch: withoutIO },
    {
      ...inTimeZone('UTC'),
      displayName: 'full',
      testMatch: ['<rootDir>/test/{adapters,e2e,faults,fuzz}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/database-setup.ts',
      globalTeardown: '<rootDir>/test/support/database-teardown.ts',
    },
  ],
};
