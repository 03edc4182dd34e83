import type { ApplicationView } from '../../monitoring/views.ts';
import type { Cli } from '../context.ts';
import { grouped, plain } from './plain-text.ts';
import { table } from './table.ts';

type Changed = ApplicationView & Readonly<{ refusal: string | null }>;

export function applicationText({ name, refusal }: Changed, done: 'added' | 'changed'): string {
  const tried =
    refusal === null ? 'Constant Contact takes its key and secret.' : `It cannot be used yet: ${plain(refusal)}`;
  const next =
    done === 'added' ? [`\`linkwatch connect --application ${quoted(name)}\` connects an account by it.`] : [];
  return [`${plain(name)} is ${done}.`, tried, ...next].join('\n');
}

function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `"${plain(name)}"`;
}

export function applicationsText(cli: Cli, applications: readonly ApplicationView[]): string {
  const limit = (count: number) => (count === 0 ? 'none' : grouped(count));
  const rows = applications.map((application) => [
    plain(application.name),
    application.clientId === '' ? 'not configured' : application.clientId,
    grouped(application.tenants),
    limit(application.requestsPerDay),
    limit(application.requestsPerSecond),
    limit(application.tokenRequestsPerSecond),
    `${Number((application.reserve * 100).toFixed(2))}%`,
    application.hasSecret ? 'yes' : 'no (PKCE)',
    application.id ?? '-',
  ]);
  const head = ['NAME', 'API KEY', 'TENANTS', 'A DAY', 'A SECOND', 'TOKENS A SECOND', 'RESERVE', 'SECRET', 'ID'];
  return table(cli.stdout, head, rows);
}
