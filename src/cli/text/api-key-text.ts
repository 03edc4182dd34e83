import type { KeyState } from '../../domain/model/api-key.ts';
import type { ApiKeyView, NewApiKeyView } from '../../monitoring/views.ts';
import { formatMinute, formatMoment } from '../../words/format-time.ts';
import type { Cli } from '../context.ts';
import type { Style } from './paint.ts';
import { plain } from './plain-text.ts';
import { table } from './table.ts';

const stateStyles: Readonly<Record<KeyState, Style>> = { active: 'green', expired: 'dim', revoked: 'dim' };

const powers = {
  read: 'reads',
  operate: 'reads and changes',
  admin: 'reads, changes and administers',
} as const;

export function newApiKeyText({ key, prefix, role, tenantId, expiresAt }: NewApiKeyView): string {
  const end = expiresAt === null ? 'until it is revoked' : `until ${formatMinute(expiresAt)} UTC`;
  const whose = tenantId === null ? 'all tenants' : `tenant ${tenantId} alone`;
  return [
    key,
    '',
    'Keep this secret now: it is shown once, and Linkwatch keeps no copy.',
    `It ${powers[role]} ${whose}, ${end}. \`linkwatch api-key revoke ${prefix}\` ends it.`,
  ].join('\n');
}

export function apiKeysText(cli: Cli, keys: readonly ApiKeyView[]): string {
  if (keys.length === 0) return 'No API keys. `linkwatch api-key create` makes one.';
  const now = cli.now();
  const rows = keys.map((key) => [
    key.prefix,
    key.name ?? '-',
    key.role,
    key.tenantId ?? 'all',
    { text: key.state, style: stateStyles[key.state] },
    key.lastUsedAt === null ? 'never' : formatMoment(key.lastUsedAt, now),
    key.expiresAt === null ? 'never' : formatMoment(key.expiresAt, now),
    key.id,
  ]);
  return table(cli.stdout, ['KEY', 'NAME', 'ROLE', 'TENANT', 'STATE', 'LAST USED (UTC)', 'EXPIRES (UTC)', 'ID'], rows);
}

/** `lw_5f0c1a2b (shop)` */
export function keyText({ prefix, name }: Pick<ApiKeyView, 'prefix' | 'name'>): string {
  return name === null ? prefix : plain(`${prefix} (${name})`);
}
