import type { TestDatabase } from '../support/store-fixtures.ts';
import type { Outside, Process } from './fleet.ts';
import { moments, receivers } from './prepared-fleet.ts';

type Lines = readonly string[];

/** What a run has come to, without ids and times: the same whatever failed on the way. */
export type Truth = Readonly<{
  tenants: Lines;
  incidents: Lines;
  changes: Lines;
  /** Mail by its state, and each that was taken, once. */
  mail: Lines;
  told: Lines;
  /** Tenant by tenant in their order: what happened, and what each receiver has taken of it, each event once. */
  events: Lines;
  received: Lines;
  /** Deliveries to receivers that nobody has finished. */
  left: Lines;
  /** Spent refresh tokens that were presented, and tenants whose stored one is not the one that works. */
  lostGrants: Lines;
}>;

export async function truthOf({ raw: { db } }: TestDatabase, process: Process, outside: Outside): Promise<Truth> {
  const tenants = await db.tenant.findMany({ include: { contacts: true } });
  const incidents = await db.incident.findMany({ include: { connection: true } });
  const changes = await db.change.findMany({ include: { connection: true } });
  const mail = await db.notification.findMany();
  const events = await db.event.findMany({ orderBy: { seq: 'asc' } });
  const deliveries = await db.webhookDelivery.findMany({ where: { state: { not: 'delivered' } } });
  const nameOf = new Map(tenants.map(({ id, name }) => [id, name]));
  const typeOf = new Map(events.map(({ id, type }) => [id, type]));
  const tenantOf = new Map(events.map(({ id, tenantId }) => [id, nameOf.get(tenantId) ?? tenantId]));
  return {
    tenants: tenants.map(({ name, state, removedAt, lastPolledAt, contacts }) => {
      const isPolled = lastPolledAt !== null && lastPolledAt.getTime() >= moments.round;
      return words(name, state, removedAt === null ? '' : 'removed', isPolled ? 'polled' : '', contacts.length);
    }),
    incidents: incidents.map(({ tenantId, state, action, closeReason, connection }) =>
      words(nameOf.get(tenantId), connection?.network, state, action, closeReason),
    ),
    changes: changes.map(({ tenantId, toHealth, reason, connection }) =>
      words(nameOf.get(tenantId), connection.network, toHealth, reason),
    ),
    mail: mail.map(({ to, kind, state, reason }) => words(to, kind, state, reason)),
    told: [...new Map(outside.mailer.taken.map((each) => [each.mail.messageId, each.mail])).values()].map(
      ({ to, subject }) => words(to, subject),
    ),
    events: inOrder(events.map(({ tenantId, type }) => ({ of: nameOf.get(tenantId) ?? tenantId, what: type }))),
    received: inOrder(
      Object.entries(receivers).flatMap(([name, url]) =>
        [...new Set(outside.receivers.taken(url))].map((id) => ({
          of: words(name, tenantOf.get(id)),
          what: typeOf.get(id) ?? 'an event that is not there',
        })),
      ),
    ),
    left: deliveries.map(({ endpointId, type, state }) => words(type, 'to', endpointId, state)),
    lostGrants: [...outside.tokens.presentedSpent, ...(await wrongGrants(tenants, process, outside))],
  };
}

/** The same as one text, where the order of lines says nothing. */
export function textOf(truth: Truth): string {
  return Object.entries(truth)
    .map(([about, lines]) => [`${about}:`, ...lines.toSorted().map((line) => `  ${line}`)].join('\n'))
    .join('\n');
}

/** How many mails, and events to a receiver, were taken once more. */
export function doubled({ mailer, receivers: { taken } }: Outside): number {
  const mails = repeats(mailer.taken.map(({ mail }) => mail.messageId));
  return Object.values(receivers).reduce((sum, url) => sum + repeats(taken(url)), mails);
}

async function wrongGrants(
  tenants: readonly Readonly<{ id: string; name: string; removedAt: Date | null }>[],
  { stores }: Process,
  { tokens }: Outside,
): Promise<Lines> {
  const wrong: string[] = [];
  for (const { id, name } of tenants.filter(({ removedAt }) => removedAt === null)) {
    const stored = (await stores.grants.read(id))?.refreshToken;
    if (stored !== tokens.valid(name)) wrong.push(`${name} has ${stored}, and ${tokens.valid(name)} works`);
  }
  return wrong;
}

function repeats(ids: readonly string[]): number {
  return ids.length - new Set(ids).size;
}

function inOrder(items: readonly Readonly<{ of: string; what: string }>[]): Lines {
  return [...Map.groupBy(items, ({ of }) => of)].map(
    ([of, group]) => `${of}: ${group.map(({ what }) => what).join(', ')}`,
  );
}

function words(...parts: readonly unknown[]): string {
  return parts.map((part) => String(part ?? '-')).join(' ');
}
