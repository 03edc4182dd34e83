import type { Restored } from '../../monitoring/application.ts';
import type { BackupDone, MoveDone } from '../../monitoring/ports.ts';
import { formatMinute } from '../../words/format-time.ts';
import { grouped, plain, plural } from './plain-text.ts';

const MEBIBYTE = 1024 * 1024;

export function backupText({ file, bytes, takenAt }: BackupDone): string {
  return [
    `The database as of ${formatMinute(takenAt)} UTC is in ${plain(file)} (${(bytes / MEBIBYTE).toFixed(1)} MiB), whole and readable.`,
    'It holds addresses and sealed tokens. ENCRYPTION_KEY is not in it: keep that elsewhere, without it the tokens cannot be opened.',
  ].join('\n');
}

export function restoreText(restored: Restored): string {
  const { takenAt, restoredAt, tenants, held, migrations, keptAs, lackingKeys } = restored;
  return [
    `Restored: ${plural(tenants, 'tenant')}, as of ${formatMinute(takenAt)} UTC.`,
    ...(migrations.length > 0 ? [`Its tables were brought up to date: ${migrations.join(', ')}.`] : []),
    ...(keptAs === null ? [] : [`The former database is kept as ${plain(keptAs)}; remove it when you are sure.`]),
    ...(lackingKeys === null
      ? []
      : [
          `Of its secrets ${lackingKeys}: add the key of the copy before you start Linkwatch (ENCRYPTION_KEY=NEW,OLD).`,
        ]),
    '',
    `Of the time until ${formatMinute(restoredAt)} UTC nothing is known:`,
    `- mail: ${plural(held, 'mail')} that may have been sent ${held === 1 ? 'is' : 'are'} held. So is what the next polls find that may have been told; ` +
      'see `linkwatch mail list --state held`, then `mail release` or `mail discard`.',
    '- tokens: those that were refreshed since no longer work. `linkwatch status` names them when they are refused; their owners authorise again.',
    '- what people changed: accounts that were added are missing; accounts that were removed or erased, recipients who left, and API keys that were revoked are back.',
    '- webhooks: what was delivered since may be delivered again.',
  ].join('\n');
}

export function moveText({ from, to, begunAnew, tables }: MoveDone): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const width = Math.max(...tables.map(({ table }) => table.length));
  return [
    ...(begunAnew ? ['What an earlier move had left, which broke off, was erased first.'] : []),
    `Moved: ${grouped(rows)} rows of ${plural(tables.length, 'table')}, and all of them read back and compared.`,
    ...tables.map(({ table, rows: count }) => `  ${table.padEnd(width)}  ${grouped(count)}`),
    '',
    `From now on: set DATABASE_URL to the new place (${plain(to)}) wherever Linkwatch runs, then start it.`,
    `Do not start Linkwatch with ${plain(from)} again: both would use the same tokens. The file is as it was; keep it until you are sure.`,
  ].join('\n');
}
