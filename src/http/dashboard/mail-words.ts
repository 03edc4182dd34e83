import type { NotificationState } from '../../domain/model/notification.ts';
import type { MailDetail, MailView } from '../../monitoring/views.ts';
import { formatDistance } from '../../words/format-time.ts';
import { mailAddress, tenantAddress } from './addresses.ts';
import { ago, type Look, moment } from './frame.ts';
import { heldText } from './hold-words.ts';
import { nameText } from './names.ts';
import type { Tone } from './tenant-rows.ts';

const tones: Readonly<Record<NotificationState, Tone>> = {
  pending: 'unknown',
  held: 'warn',
  sent: 'good',
  failed: 'bad',
  cancelled: 'gone',
};

function whyText({ reason, state, outcomeUnknown }: MailView): string {
  const why = (state === 'held' ? heldText(reason) : null) ?? reason.replaceAll('_', ' ');
  const isOver = state === 'cancelled' || state === 'failed';
  return outcomeUnknown && isOver ? `${why} (it may have arrived all the same)` : why;
}

export type NamedTenants = ReadonlyMap<string, string>;

/** A row of the table of mail, as text but for the times. */
export function mailRows(mails: readonly MailView[], names: NamedTenants, look: Look) {
  return mails.map((mail) => ({
    id: mail.id,
    isHeld: mail.state === 'held',
    href: mailAddress(look, mail.id),
    tone: tones[mail.state],
    state: mail.state,
    kind: mail.kind.replaceAll('_', ' '),
    to: mail.to.join(', '),
    subject: mail.subject ?? 'Not sent yet',
    tenant: tenantLink(mail.tenantId, names, look),
    written: ago(mail.createdAt, look),
    why: whyText(mail),
    tries: triesText(mail, look),
  }));
}

/** How often mail that no server has taken yet was tried, what the server said, and when it is tried next. */
function triesText({ state, attempts, response, dueAt }: MailView, { now }: Look): string | null {
  if (state !== 'pending' || attempts === 0) return null;
  const tried = `tried ${attempts === 1 ? 'once' : `${attempts} times`}`;
  const said = response === null ? 'no answer yet' : `the server said “${response}”`;
  return dueAt <= now ? `${tried}, ${said}` : `${tried}, ${said}; the next try is ${formatDistance(dueAt, now)}`;
}

/** Null for the operator's own mail. */
export function tenantLink(tenantId: string | null, names: NamedTenants, { base }: Pick<Look, 'base'>) {
  if (tenantId === null) return null;
  const name = names.get(tenantId);
  const href = name === undefined ? null : tenantAddress({ base }, tenantId);
  return { href, name: name === undefined ? `removed (${tenantId})` : nameText(name) };
}

type Fact = Readonly<{ label: string; value: string; isHtml: boolean }>;

/** What is known of one mail, in the order in which a complaint asks for it. */
export function mailFacts(mail: MailDetail, look: Look): readonly Fact[] {
  const text = (label: string, value: string | null) => ({ label, value: value ?? '–', isHtml: false });
  const time = (label: string, at: number | null) => ({ label, value: moment(at, look), isHtml: true });
  return [
    text('Why', whyText(mail)),
    text('To', mail.to.join(', ')),
    text('Kind', mail.kind.replaceAll('_', ' ')),
    time('Written', mail.createdAt),
    time('Due', mail.dueAt),
    time('Sent', mail.sentAt),
    text('The mail server said', mail.response),
    text('Attempts', String(mail.attempts)),
    time('First attempt', mail.firstAttemptAt),
    time('Last attempt', mail.lastAttemptAt),
    ...(mail.outcomeUnknown ? [text('May have arrived', 'an attempt got no answer')] : []),
    text('Message-ID', mail.messageId),
  ];
}

export function mailTone(state: NotificationState): Tone {
  return tones[state];
}
