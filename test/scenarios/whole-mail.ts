import { topicOf } from './told-mail.ts';
import type { Troupe } from './troupe.ts';

/** A mail that was sent, as its row has it, and what arrived of it over SMTP. */
export type Arrived = Readonly<{
  id: string;
  tenant: string;
  /** `alert to owner@bakery: reconnect facebook`. */
  line: string;
  address: string;
  caught: readonly Readonly<{ to: readonly string[]; html: string }>[];
}>;

/** What has been sent and was not known yet, in alphabetical order. */
export async function newlyArrived(
  { world, members }: Troupe,
  known: ReadonlySet<string>,
): Promise<readonly Arrived[]> {
  const sent = await world.database.raw.db.notification.findMany({
    where: { state: 'sent', id: { notIn: [...known] } },
    include: { topics: { include: { incident: { include: { connection: true } } } } },
  });
  const names = new Map([...members].map(([name, { id }]) => [id, name]));
  return sent
    .map(({ id, tenantId, kind, reason, to, messageId, topics, report }) => {
      const about = topics.map(({ action, incident: { connection } }) => topicOf(kind, action, connection));
      const told = reason === 'last_reminder_due' ? 'last reminder' : kind;
      const news = report === null ? about.toSorted().join(', ') : reason;
      return {
        id,
        address: to,
        tenant: names.get(tenantId ?? '') ?? 'operator',
        line: `${told} to ${tenantId === null ? 'operator' : to.replace('.example', '')}: ${news}`,
        caught: world.mails().filter(({ source }) => source.includes(`Message-ID: ${messageId}`)),
      };
    })
    .toSorted((a, b) => a.line.localeCompare(b.line));
}
