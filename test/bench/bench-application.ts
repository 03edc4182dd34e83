import { configuredBy, madeVariables } from '../../src/cli/configuration.ts';
import { openApplication } from '../../src/composition/open-application.ts';
import { formatProblems, loadConfig } from '../../src/config/config.ts';
import type { Application } from '../../src/monitoring/application.ts';

/** The application that these settings configure, as a command opens it. */
export async function openBenchApplication(
  env: Readonly<Record<string, string>>,
  database: 'created' | 'existing',
): Promise<Application> {
  const loaded = loadConfig(env, { readFile: () => '', purpose: 'poll', isTerminal: false });
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return await openApplication(loaded.config, {
    use: 'command',
    database,
    configured: configuredBy(madeVariables(env)),
  });
}
