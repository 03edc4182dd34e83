/** Node.js runs the sources as they are; jest strips the types with swc. */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};

/** `unit` needs no database, server or browser; `full` is everything else, against the real thing. */
export default {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/test/{domain,monitoring,scenarios,unit}/**/*.test.ts'] },
    {
      ...base,
      displayName: 'full',
      testMatch: ['<rootDir>/test/{adapters,e2e}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/database-setup.ts',
      globalTeardown: '<rootDir>/test/support/database-teardown.ts',
    },
  ],
};
