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

/** A test, and the folder of `test/domain/` that it is in. */
type DomainTest = CollectedTest & Readonly<{ folder: string }>;

/**
 * Runs the tests of the domain in its own process: they need neither jest's environment nor its registry of modules. A
 * mutant costs the few milliseconds of the tables of its own folder where they find it; other tables come next, and
 * stories last.
 */
class DomainTestRunner implements TestRunner {
  readonly #instrumentation: Instrumentation = {};
  #tests: readonly DomainTest[] = [];

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    // As jest runs them.
    Object.assign(process.env, { TZ: 'UTC', FUZZ_RUNS: `${PROPERTY_RUNS}` });
    Object.assign(globalThis, { __stryker__: this.#instrumentation });
  }

  /** Each test twice: one that cannot be repeated would call every mutant found. */
  async dryRun(): Promise<DryRunResult> {
    await this.#load();
    const tests: TestResult[] = [];
    for (const test of this.#tests) {
      const first = await this.#run(test);
      tests.push(first.status === TestStatus.Success ? await this.#run(test) : first);
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
    if (mutantActivation === 'static') Object.assign(this.#instrumentation, mutant);
    await this.#load();
    Object.assign(this.#instrumentation, mutant);
    const wanted = testFilter === undefined ? null : new Set(testFilter);
    const tests = this.#tests
      .filter(({ name }) => wanted === null || wanted.has(name))
      .toSorted((a, b) => placeOf(a, sandboxFileName) - placeOf(b, sandboxFileName));
    const results: TestResult[] = [];
    for (const test of tests) {
      const result = await this.#run(test);
      results.push(result);
      const limit = determineHitLimitReached(this.#instrumentation.hitCount, this.#instrumentation.hitLimit);
      if (limit !== undefined) return toMutantRunResult(limit);
      if (result.status === TestStatus.Failed) break;
    }
    return toMutantRunResult({ status: DryRunStatus.Complete, tests: results });
  }

  async #load(): Promise<void> {
    if (this.#tests.length > 0) return;
    const collection = pathToFileURL(resolve('test/mutation/collected-tests.ts')).href;
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === '@jest/globals' ? { url: collection, shortCircuit: true } : next(specifier, context),
    });
    const { collected } = (await import(collection)) as { collected: readonly CollectedTest[] };
    const tests: DomainTest[] = [];
    for (const file of globSync('test/domain/**/*.test.ts').toSorted()) {
      await import(pathToFileURL(resolve(file)).href);
      const folder = folderOf(file);
      tests.push(...collected.slice(tests.length).map((test) => ({ ...test, folder })));
    }
    this.#tests = withNumbers(tests);
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

function placeOf({ folder }: DomainTest, mutatedFile: string): number {
  if (folder === 'stories') return 2;
  return folder === folderOf(mutatedFile) ? 0 : 1;
}

/** Rows of a table may have the same title. */
function withNumbers(tests: readonly DomainTest[]): readonly DomainTest[] {
  const seen = new Map<string, number>();
  return tests.map((test) => {
    const times = (seen.get(test.name) ?? 0) + 1;
    seen.set(test.name, times);
    return times === 1 ? test : { ...test, name: `${test.name} (${times})` };
  });
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'domain-tests', DomainTestRunner)];
