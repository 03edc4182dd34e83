import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type CompleteDryRunResult,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import type { CollectedTest } from './collected-tests.ts';

/** Stands in for `@jest/globals`. Stryker starts us in the copy. */
const COLLECTION = pathToFileURL(resolve('test/mutation/collected-tests.ts')).href;

/** Runs of each property: what a table misses, a few stories find, or a thousand do not either. */
const PROPERTY_RUNS = 20;

/** What Stryker's instrumented sources read and write. */
type Instrumentation = {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: NonNullable<CompleteDryRunResult['mutantCoverage']>;
};

/**
 * Runs the tests of the domain in its own process: they need neither jest's environment nor its registry of modules. A
 * mutant costs the few milliseconds of the tables of its own folder where they find it; other tables come next, and
 * stories last.
 */
class DomainTestRunner implements TestRunner {
  readonly #instrumentation: Instrumentation = {};
  readonly #tests = new Map<string, readonly CollectedTest[]>();

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    // As jest runs them.
    Object.assign(process.env, { TZ: 'UTC', FUZZ_RUNS: `${PROPERTY_RUNS}` });
    Object.assign(globalThis, { __stryker__: this.#instrumentation });
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === '@jest/globals' ? { url: COLLECTION, shortCircuit: true } : next(specifier, context),
    });
  }

  /** Each test twice: one that cannot be repeated would call every mutant found. */
  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const file of testFiles()) {
      for (const test of await this.#testsIn(file)) {
        const first = await this.#run(test);
        tests.push(first.status === TestStatus.Success ? await this.#run(test) : first);
      }
    }
    const { mutantCoverage } = this.#instrumentation;
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage !== undefined && { mutantCoverage }) };
  }

  async mutantRun({
    activeMutant,
    testFilter,
    hitLimit,
    mutantActivation,
    sandboxFileName,
  }: MutantRunOptions): Promise<MutantRunResult> {
    const mutant = { activeMutant: activeMutant.id, hitCount: hitLimit === undefined ? undefined : 0, hitLimit };
    const wanted = testFilter === undefined ? null : new Set(testFilter);
    const results: TestResult[] = [];
    const isStatic = mutantActivation === 'static';
    if (isStatic) Object.assign(this.#instrumentation, mutant);
    // What a module does as it is loaded is changed in a new process: it loads no more files of tests than it needs.
    else for (const file of testFiles()) await this.#testsIn(file);
    Object.assign(this.#instrumentation, mutant);
    for (const file of testFiles().toSorted((a, b) => placeOf(a, sandboxFileName) - placeOf(b, sandboxFileName))) {
      const tests = await this.#testsIn(file);
      for (const test of tests.filter(({ name }) => wanted === null || wanted.has(name))) {
        const result = await this.#run(test);
        results.push(result);
        const limit = determineHitLimitReached(this.#instrumentation.hitCount, this.#instrumentation.hitLimit);
        if (limit !== undefined) return toMutantRunResult(limit);
        if (result.status === TestStatus.Failed) {
          return toMutantRunResult({ status: DryRunStatus.Complete, tests: results });
        }
      }
    }
    return toMutantRunResult({ status: DryRunStatus.Complete, tests: results });
  }

  /** Loads the file when it is first asked for. */
  async #testsIn(file: string): Promise<readonly CollectedTest[]> {
    const known = this.#tests.get(file);
    if (known !== undefined) return known;
    const { collected } = (await import(COLLECTION)) as { collected: CollectedTest[] };
    await import(pathToFileURL(resolve(file)).href);
    const tests = withFile(file, collected.splice(0));
    this.#tests.set(file, tests);
    return tests;
  }

  async #run({ name, run }: CollectedTest): Promise<TestResult> {
    this.#instrumentation.currentTestId = name;
    const beganAt = performance.now();
    const failure = await attempt(run);
    const timeSpentMs = performance.now() - beganAt;
    this.#instrumentation.currentTestId = undefined;
    const test = { id: name, name, timeSpentMs };
    return failure === null
      ? { ...test, status: TestStatus.Success }
      : { ...test, status: TestStatus.Failed, failureMessage: failure };
  }
}

/** Null when it passes. */
async function attempt(run: CollectedTest['run']): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The folder below `domain/`; empty for what lies in `domain/` itself. */
function folderOf(file: string): string {
  return /domain\/([^/]+)\//.exec(file)?.[1] ?? '';
}

function testFiles(): readonly string[] {
  return globSync('test/domain/**/*.test.ts').toSorted();
}

/** The tables of the mutant's own folder find it soonest; stories, which reach everything, come last. */
function placeOf(file: string, mutatedFile: string): number {
  const folder = folderOf(file);
  if (folder === 'stories') return 2;
  return folder === folderOf(mutatedFile) ? 0 : 1;
}

/** Tests by names of their own: other files, and rows of a table, may have the same title. */
function withFile(file: string, tests: readonly CollectedTest[]): readonly CollectedTest[] {
  const seen = new Map<string, number>();
  return tests.map(({ name, run }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name: `${file}: ${name}${times === 1 ? '' : ` (${times})`}`, run };
  });
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'domain-tests', DomainTestRunner)];
