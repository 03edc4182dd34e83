import type { Digest, Listed } from '../../src/domain/model/digest.ts';
import { actionToAskFor, type Incident } from '../../src/domain/model/incident.ts';
import { layerOf } from '../../src/domain/model/poll.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import { DAY_MS } from '../../src/domain/model/time.ts';
import type { DigestQuery, DigestStore } from '../../src/monitoring/ports.ts';
import { by } from './memory-order.ts';
import { type Memory, type MemoryState, presentTenants, transact } from './memory-state.ts';

export function memoryDigestStore(memory: Memory): DigestStore {
  return {
    isWritten: async (day) => memory.state.digests.has(day),
    read: async (query) => sectionsOf(memory.state, query),
    write: async (day, at, mail) => {
      if (memory.state.digests.has(day)) return false;
      transact(memory, ({ digests, notifications }) => {
        digests.set(day, at);
        for (const notification of mail) notifications.set(notification.id, notification);
      });
      return true;
    },
  };
}

function sectionsOf(state: MemoryState, query: DigestQuery): Omit<Digest, 'quota'> {
  const view = viewOf(state, query);
  return {
    stillBroken: stillBroken(view),
    accessLost: accessLost(view),
    unreachable: unreachable(view),
    failing: failing(view),
    checksFailing: checksFailing(view),
    unsettled: unsettled(view),
    mailFailed: mailFailed(view),
    held: heldMail(state),
  };
}

type View = ReturnType<typeof viewOf>;

/** What every section reads, and how it makes lines of it. */
function viewOf(state: MemoryState, query: DigestQuery) {
  const tenants = new Map(
    presentTenants(state)
      .filter((tenant) => tenant.state !== 'paused')
      .map((tenant) => [tenant.id, tenant]),
  );
  const lineOf = ({ id, name }: Tenant) => ({ tenantId: id, tenantName: name });
  const listed = <T>(items: readonly T[]): Listed<T> => ({ items: items.slice(0, query.lines), total: items.length });
  const each = <Row extends Readonly<{ tenantId: string | null }>, T>(
    rows: Iterable<Row>,
    line: (row: Row, tenant: Tenant) => readonly T[],
  ) =>
    listed(
      [...rows].flatMap((row) => {
        const tenant = tenants.get(row.tenantId ?? '');
        return tenant === undefined ? [] : line(row, tenant);
      }),
    );
  const accountOf = (connectionId: string | null) => {
    const connection = state.connections.get(connectionId ?? '');
    return connection === undefined
      ? { network: '', account: '' }
      : { network: connection.network, account: connection.displayName ?? connection.accountId };
  };
  const incidents = [...state.incidents.values()];
  return { ...query, state, tenants, incidents, lineOf, listed, each, accountOf };
}

function stillBroken({ incidents, lineOf, each, accountOf, now, escalateAfterMs }: View): Digest['stillBroken'] {
  return each(
    incidents
      .filter(
        ({ state: is, connectionId, confirmedAt, confirmation: { certainAction } }) =>
          is === 'open' &&
          connectionId !== null &&
          (certainAction === 'reconnect' || certainAction === 'choose_profile') &&
          confirmedAt !== null &&
          confirmedAt <= now - escalateAfterMs,
      )
      .toSorted(
        by(
          ({ acknowledgedAt }) => acknowledgedAt ?? 0,
          ({ confirmedAt }) => confirmedAt ?? 0,
          ({ id }) => id,
        ),
      ),
    (incident, tenant) => [
      {
        ...lineOf(tenant),
        ...accountOf(incident.connectionId),
        action: actionToAskFor(incident),
        since: incident.openedAt,
        toldAt: ['mail_bounced', 'discarded'].includes(incident.alerting.decision)
          ? null
          : (incident.alerting.lastAlert?.at ?? null),
        reaction: reactionTo(incident, now),
      },
    ],
  );
}

function accessLost({ incidents, lineOf, each }: View): Digest['accessLost'] {
  return each(
    incidents
      .filter(({ state: is, connectionId }) => is === 'open' && connectionId === null)
      .toSorted(
        by(
          ({ openedAt }) => openedAt,
          ({ id }) => id,
        ),
      ),
    ({ action, openedAt }, tenant) => [{ ...lineOf(tenant), action, since: openedAt }],
  );
}

function unreachable({ state, lineOf, each }: View): Digest['unreachable'] {
  return each(
    [...state.contacts.values()]
      .filter(({ removedAt }) => removedAt === null)
      .map(({ contact }) => contact)
      .toSorted(
        by(
          ({ tenantId }) => tenantId,
          ({ id }) => id,
        ),
      ),
    ({ email, state: why, tenantId }, tenant) => {
      const isAnybodyLeft = [...state.contacts.values()].some(
        ({ contact, removedAt }) => removedAt === null && contact.tenantId === tenantId && contact.state === 'active',
      );
      return why === 'undeliverable' || (why !== 'active' && !isAnybodyLeft) ? [{ ...lineOf(tenant), email, why }] : [];
    },
  );
}

function failing({ state, tenants, lineOf, listed, now }: View): Digest['failing'] {
  const isOutage = [...state.outages.values()].some((o) => o.endedAt === null && o.confirmedAt !== null);
  return listed(
    [...tenants.values()]
      .toSorted(
        by(
          ({ failing }) => failing?.since ?? 0,
          ({ id }) => id,
        ),
      )
      .flatMap((tenant) => {
        const { failing } = tenant;
        const isListed = failing !== null && layerOf(failing.kind) !== 'access' && failing.since <= now - DAY_MS;
        return isListed && !isOutage ? [{ ...lineOf(tenant), ...failing }] : [];
      }),
  );
}

function checksFailing({ state, lineOf, each, accountOf, now, checkFailedAfterMs }: View): Digest['checksFailing'] {
  return each(
    [...state.connections.values()].toSorted(
      by(
        ({ checkFailedSince }) => checkFailedSince ?? 0,
        ({ id }) => id,
      ),
    ),
    (connection, tenant) => {
      const { checkFailedSince, checkFailedInvalidSince, removedAt, id } = connection;
      const isLong = checkFailedSince !== null && checkFailedSince <= now - checkFailedAfterMs;
      return isLong && checkFailedInvalidSince === null && removedAt === null
        ? [{ ...lineOf(tenant), ...accountOf(id), since: checkFailedSince }]
        : [];
    },
  );
}

function unsettled({ incidents, lineOf, each, accountOf, now }: View): Digest['unsettled'] {
  const dismissals = Map.groupBy(
    incidents.filter(
      (i) =>
        i.connectionId !== null &&
        i.closeReason === 'not_confirmed' &&
        (i.closedAt ?? 0) >= now - DAY_MS &&
        i.openedAt >= now - 2 * DAY_MS,
    ),
    ({ connectionId }) => connectionId,
  );
  return each(
    [...dismissals.entries()]
      .toSorted(
        by(
          ([, group]) => -group.length,
          ([connectionId]) => connectionId ?? '',
        ),
      )
      .flatMap(([connectionId, group]) =>
        group.length < 6 ? [] : [{ connectionId, suspicions: group.length, tenantId: group[0]?.tenantId ?? null }],
      ),
    ({ connectionId, suspicions }, tenant) => [{ ...lineOf(tenant), ...accountOf(connectionId), suspicions }],
  );
}

function mailFailed({ state, lineOf, each, now }: View): Digest['mailFailed'] {
  return each(
    [...state.notifications.values()]
      .filter((m) => m.state === 'failed' && (m.lastAttemptAt ?? 0) >= now - DAY_MS)
      .toSorted(
        by(
          ({ lastAttemptAt }) => -(lastAttemptAt ?? 0),
          ({ id }) => id,
        ),
      ),
    ({ to, kind, reason, response }, tenant) => [{ ...lineOf(tenant), to, kind, reason, response }],
  );
}

function reactionTo(
  { reminders: { snoozedUntil }, acknowledgedAt }: Incident,
  now: number,
): 'none' | 'snoozed' | 'acknowledged' {
  if (snoozedUntil !== null && snoozedUntil > now) return 'snoozed';
  return acknowledgedAt === null ? 'none' : 'acknowledged';
}

function heldMail({ holds, notifications, incidents }: MemoryState): Digest['held'] {
  const held = [...notifications.values()].filter(({ state }) => state === 'held');
  const active = [...holds.values()]
    .filter(({ endedAt }) => endedAt === null)
    .toSorted(
      by(
        ({ beganAt }) => beganAt,
        ({ id }) => id,
      ),
    );
  const items = active.map(({ id, cause, beganAt }) => {
    const isOf = (incidentId: string) => incidents.get(incidentId)?.alerting.heldBy === id;
    const mails = held.filter(({ reason, topics }) => {
      if (cause.kind === 'fleet') return reason === 'held_fleet' && topics.some(({ incidentId }) => isOf(incidentId));
      if (cause.kind === 'brake') return reason === 'held_brake';
      return cause.kind === 'command' && reason === 'held_by_command';
    }).length;
    return { cause, since: beganAt, mails };
  });
  const byCommand = held.filter(({ reason }) => reason === 'held_by_command');
  const [first] = byCommand;
  if (first === undefined || active.some(({ cause }) => cause.kind === 'command'))
    return { items, total: items.length };
  const since = Math.min(...byCommand.map(({ createdAt }) => createdAt));
  const all = [...items, { cause: { kind: 'command' } as const, since, mails: byCommand.length }];
  return { items: all, total: all.length };
}
