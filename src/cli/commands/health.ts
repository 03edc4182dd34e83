import type { Command } from 'commander';
import { SECOND_MS } from '../../domain/model/time.ts';
import { requireConfig } from '../configuration.ts';
import type { Cli } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { type JsonOption, printAnswer } from '../print.ts';

const TIMEOUT_MS = 5 * SECOND_MS;

export function addHealth(parent: Command, cli: Cli): void {
  const command = parent
    .command('health')
    .summary('is the daemon ready?')
    .description("Succeed when the daemon on this machine is ready: for a container's or a supervisor's probe.")
    .action((options: JsonOption) => probe(cli, options));
  withExamples(withJson(command), 'health && echo ready');
}

async function probe(cli: Cli, options: JsonOption): Promise<void> {
  const { http } = requireConfig(cli, 'read');
  if (http.port === 0) {
    throw new CommandFailure('HTTP_PORT is 0, so nobody knows where the daemon listens.', 'Set HTTP_PORT to a number.');
  }
  const url = `http://${reachable(http.host)}:${http.port}/readyz`;
  const { status, troubles } = await readinessAt(url);
  if (status !== 200) {
    const reason = troubles.length === 0 ? `${url} answers ${status}` : troubles.join('; ');
    throw new CommandFailure(`The daemon is not ready: ${reason}.`, '`linkwatch status` says what to do.');
  }
  await printAnswer(cli, options, { as: 'plain', view: { ready: true, url }, text: () => 'ready' });
}

type Readiness = Readonly<{ status: number; troubles: readonly string[] }>;

async function readinessAt(url: string): Promise<Readiness> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' });
    return { status: response.status, troubles: troublesIn(await response.text()) };
  } catch (cause) {
    throw new CommandFailure(`No daemon answers at ${url}.`, 'Is `linkwatch start` running?', { cause });
  }
}

/** The checks that are not `ok`; none where the answer is not a daemon's. */
function troublesIn(body: string): readonly string[] {
  try {
    const { checks } = JSON.parse(body) as Readonly<{ checks: Readonly<Record<string, unknown>> }>;
    return Object.entries(checks).flatMap(([name, found]) => (found === 'ok' ? [] : [`${name}: ${found}`]));
  } catch {
    return [];
  }
}

/** A daemon that listens on every address is asked on loopback. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
