import type { Letter } from '../domain/letter.ts';
import type { Notification } from '../domain/notification.ts';
import { writeLetter, writeOperatorLetter } from '../domain/write-letter.ts';
import type { Clock, Mailer, MailLog, TenantRecords } from './ports.ts';
import { mailView } from './read-health.ts';
import type { MailDetail } from './views.ts';

export type ReadMailPorts = Readonly<{
  clock: Clock;
  mail: MailLog;
  records: TenantRecords;
  mailer: Pick<Mailer, 'compose'> | null;
}>;

/** One mail with its bodies, written from what is remembered of it; null when there is no such mail. */
export async function readMail(id: string, ports: ReadMailPorts): Promise<MailDetail | null> {
  const mail = await ports.mail.find(id);
  if (mail === null) return null;
  const letter = await letterOf(mail, ports);
  const composed = letter === null || ports.mailer === null ? null : ports.mailer.compose(letter);
  return {
    ...mailView(mail),
    subject: mail.subject ?? composed?.subject ?? null,
    incidents: mail.topics.map(({ incidentId }) => incidentId),
    text: composed?.text ?? null,
    html: composed?.html ?? null,
  };
}

/** Null when what it was about is no longer at hand. */
async function letterOf(mail: Notification, { clock, records }: ReadMailPorts): Promise<Letter | null> {
  const at = mail.sentAt ?? clock.now();
  const { tenantId } = mail;
  if (tenantId === null) return writeOperatorLetter(mail, at);
  const letter = await records.change([tenantId], ([record]) => ({
    updates: [],
    result: record === undefined ? null : writeLetter(mail, record, at),
  }));
  return letter === null || letter.problems.length < mail.topics.length ? null : letter;
}
