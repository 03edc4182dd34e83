import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { configuredBy, madeVariables } from '../../src/cli/configuration.ts';
import { openApplication } from '../../src/composition/open-application.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { KeyRole } from '../../src/domain/model/api-key.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import type { BenchFleet } from './bench-fleet.ts';

/** A browser that is signed in. */
export type Reader = Readonly<{
  /** How long the first byte took, in ms, how many bytes there were, and what the answer says of its statements. */
  read(path: string): Promise<Readonly<{ ms: number; bytes: number; statements: number }>>;
  close(): void;
}>;

export async function signIn(url: string, key: string): Promise<Reader> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answer = await fetch(new URL('/sign-in', url), {
    ...{ method: 'POST', redirect: 'manual' },
    body: new URLSearchParams({ key }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    read: async (path) => {
      const beganAt = performance.now();
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request(new URL(path, url), { agent, headers: { cookie } }, resolve).on('error', reject).end();
      });
      const ms = performance.now() - beganAt;
      let bytes = 0;
      for await (const chunk of response) bytes += (chunk as Buffer).length;
      if (response.statusCode !== 200) throw new Error(`${path} was answered with ${response.statusCode}`);
      return { ms, bytes, statements: Number(response.headers['x-statements']) };
    },
    close: () => agent.destroy(),
  };
}

export async function newKey({ env }: Pick<BenchFleet, 'env'>, role: KeyRole): Promise<string> {
  const loaded = loadConfig(env, { readFile: () => '', purpose: 'poll', isTerminal: false });
  if (!loaded.ok) throw new Error('the benchmark configured itself wrongly');
  const app = await openApplication(loaded.config, {
    use: 'command',
    database: 'existing',
    configured: configuredBy(madeVariables(env)),
  });
  const created = await app.apiKeys.create(operator, { role });
  await app.operations.close(operator);
  if (created.outcome !== 'created') throw new Error(`no key: ${created.outcome}`);
  return created.key.key;
}

/** What a daemon is started with, so that each of its answers tells how many statements it has cost. */
export const countingSettings: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import ${join(import.meta.dirname, 'children', 'count-statements.ts')}`,
};
