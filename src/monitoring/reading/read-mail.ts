import { buildMessageContent, buildOperatorMessageContent } from '../../domain/delivery/build-message-content.ts';
import type { MessageContent } from '../../domain/model/message-content.ts';
import type { Notification } from '../../domain/model/notification.ts';
import type { Clock, Mailer, MailStore, RecordStore } from '../ports.ts';
import { sees, type Viewer } from '../viewer.ts';
import type { MailDetail, MailView } from '../views.ts';

export type ReadMailPorts = Readonly<{
  clock: Clock;
  mail: MailStore;
  records: Pick<RecordStore, 'read'>;
  mailer: Pick<Mailer, 'compose'> | null;
}>;

/** One mail with its bodies, written from what is remembered of it; null when there is no such mail. */
export async function readMail(viewer: Viewer, id: string, ports: ReadMailPorts): Promise<MailDetail | null> {
  const mail = await ports.mail.find(id);
  if (mail === null || !sees(viewer, mail.tenantId)) return null;
  const content = mayReadBodies(viewer) ? await contentOf(mail, ports) : null;
  const composed = content === null || ports.mailer === null ? null : ports.mailer.compose(content);
  return {
    ...mailView(mail),
    subject: mail.subject ?? composed?.subject ?? null,
    incidents: mail.tenantId === null ? [] : mail.topics.map(({ incidentId }) => incidentId),
    text: composed?.text ?? null,
    html: composed?.html ?? null,
  };
}

/** A mail holds links that act in its reader's name, so a key that may only look is not shown them. */
function mayReadBodies(viewer: Viewer): boolean {
  return viewer.kind !== 'key' || viewer.role !== 'read';
}

/** Null when what it was about is no longer at hand. */
async function contentOf(mail: Notification, { clock, records }: ReadMailPorts): Promise<MessageContent | null> {
  const at = mail.sentAt ?? clock.now();
  if (mail.tenantId === null) return buildOperatorMessageContent(mail, at);
  const [record] = await records.read([mail.tenantId]);
  const content = record === undefined ? null : buildMessageContent(mail, record, at);
  return content === null || content.problems.length < mail.topics.length ? null : content;
}

export function mailView(mail: Notification): MailView {
  const { id, tenantId, kind, subject, state, reason, attempts, outcomeUnknown, response, messageId } = mail;
  const { createdAt, dueAt, firstAttemptAt, lastAttemptAt, sentAt } = mail;
  return {
    id,
    tenantId,
    kind,
    to: [mail.to],
    subject,
    state,
    reason,
    attempts,
    firstAttemptAt,
    lastAttemptAt,
    outcomeUnknown,
    response,
    messageId,
    createdAt,
    dueAt,
    sentAt,
  };
}
