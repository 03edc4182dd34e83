import type { NotificationState } from '../../domain/model/notification.ts';
import type { MailDetail, MailView } from '../../monitoring/views.ts';
import { formatMoment } from '../../words/format-time.ts';
import type { Cli } from '../context.ts';
import type { Style } from './paint.ts';
import { plainLines } from './plain-text.ts';
import { type Cell, fieldTable, table } from './table.ts';

const stateStyles: Readonly<Record<NotificationState, Style>> = {
  pending: 'yellow',
  held: 'yellow',
  sent: 'green',
  failed: 'red',
  cancelled: 'dim',
};

export function mailListText(cli: Cli, mail: readonly MailView[]): string {
  if (mail.length === 0) return 'No mail.';
  const now = cli.now();
  const rows = mail.map((item) => [
    { text: item.state, style: stateStyles[item.state] },
    item.kind,
    item.to.join(', '),
    item.subject ?? '-',
    formatMoment(item.createdAt, now),
    whyOf(item),
    item.id,
  ]);
  return table(cli.stdout, ['STATE', 'KIND', 'TO', 'SUBJECT', 'CREATED (UTC)', 'WHY', 'ID'], rows);
}

/** A mail that was cancelled or failed may have reached its reader, when an attempt got no answer. */
function whyOf({ reason, state, outcomeUnknown }: MailView): string {
  const why = reason.replaceAll('_', ' ');
  return outcomeUnknown && (state === 'cancelled' || state === 'failed') ? `${why} (may have arrived)` : why;
}

export function mailDetailText(cli: Cli, mail: MailDetail): string {
  const now = cli.now();
  const rows: readonly (readonly Cell[])[] = [
    ['State', { text: mail.state, style: stateStyles[mail.state] }],
    ['Why', whyOf(mail)],
    ['Kind', mail.kind],
    ['To', mail.to.join(', ')],
    ['Subject', mail.subject ?? '-'],
    ['Created', formatMoment(mail.createdAt, now)],
    ['Due', formatMoment(mail.dueAt, now)],
    ['Sent', formatMoment(mail.sentAt, now)],
    ['Attempts', String(mail.attempts)],
    ['First attempt', formatMoment(mail.firstAttemptAt, now)],
    ['Last attempt', formatMoment(mail.lastAttemptAt, now)],
    ['May have arrived', mail.outcomeUnknown ? 'yes: an attempt got no answer' : '-'],
    ["The server's answer", mail.response ?? '-'],
    ['Message-ID', mail.messageId ?? '-'],
    ['Incidents', mail.incidents.length === 0 ? '-' : mail.incidents.join(', ')],
  ];
  const fields = fieldTable(cli.stdout, ['MAIL', mail.id], rows);
  return mail.text === null ? fields : `${fields}\n\n${plainLines(mail.text.trimEnd())}`;
}
