import type { ApiKeyView, AuditView } from '../../monitoring/views.ts';
import { formatMoment } from '../../words/format-time.ts';
import type { Cli } from '../context.ts';
import { keyText } from './api-key-text.ts';
import { grouped } from './plain-text.ts';
import { table } from './table.ts';

/** Subjects that a line names. */
const NAMED = 2;

/** Names of what the audit knows by ids: those that are still there, by id. */
export type AuditNames = Readonly<{
  keys: ReadonlyMap<string, ApiKeyView>;
  tenants: ReadonlyMap<string, string>;
}>;

export function auditText(cli: Cli, entries: readonly AuditView[], names: AuditNames): string {
  if (entries.length === 0) return 'No entries.';
  const now = cli.now();
  const rows = entries.map((entry) => [
    formatMoment(entry.at, now),
    actorText(entry.actor, names),
    entry.count === 1 ? entry.action : `${entry.action} (${grouped(entry.count)})`,
    entry.tenantId === null ? '-' : (names.tenants.get(entry.tenantId) ?? entry.tenantId),
    subjectsText(entry, names),
    entry.from ?? '-',
  ]);
  return table(cli.stdout, ['WHEN (UTC)', 'WHO', 'DID', 'TENANT', 'TO', 'FROM'], rows);
}

function actorText({ kind, id }: AuditView['actor'], { keys }: AuditNames): string {
  const known = id ?? 'unknown';
  switch (kind) {
    case 'command_line':
      return id === null ? 'command line' : `command line (${id})`;
    case 'key': {
      const key = keys.get(known);
      return key === undefined ? `key ${known}` : keyText(key);
    }
    case 'contact':
      return `contact ${known}`;
    case 'guest':
      return `guest of contact ${known}`;
    case 'invited':
      return `invited contact ${known}`;
    case 'nobody':
      return 'nobody known';
  }
}

/** A key among them is named as it is among the actors. */
function subjectsText({ subjects, tenantId, count }: AuditView, { keys, tenants }: AuditNames): string {
  const others = subjects.filter((id) => id !== tenantId);
  if (others.length === 0) return '-';
  const shown = others.slice(0, NAMED).map((id) => {
    const key = keys.get(id);
    return key === undefined ? (tenants.get(id) ?? id) : keyText(key);
  });
  const more = Math.max(count, others.length) - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${grouped(more)} more` : shown.join(', ');
}
