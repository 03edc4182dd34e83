/**
 * Mutants of `src/domain/`, each tried by the tables and stories that reach it: `npm run mutate`, or of some files alone
 * `npm run mutate -- --mutate 'src/domain/detection/**'`. The report is `reports/mutation/index.html`.
 */
export default {
  mutate: ['src/domain/**/*.ts'],
  plugins: ['./test/mutation/domain-test-runner.ts'],
  testRunner: 'domain-tests',
  coverageAnalysis: 'perTest',
  // Of the copy: some tests of the domain compare it with a page of docs/, and package.json says that these are modules.
  ignorePatterns: ['**', '!src/**', '!test/**', '!docs/**', '!package.json', '!tsconfig.json'],
  // Node.js strips the types; the compiler that Stryker knows is an older one.
  disableTypeChecks: false,
  tsconfigFile: 'none',
  checkers: [],
  // What was tried before, and has not changed, is not tried again.
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  tempDirName: 'reports/mutation/copy',
  cleanTempDir: 'always',
  allowEmpty: false,
  thresholds: { high: 95, low: 90, break: null },
};
