import type { Digest, Listed } from '../../src/domain/model/digest.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../src/domain/model/notification.ts';
import { missingPartOf } from '../../src/domain/model/poll.ts';
import type { HeldReason } from '../../src/domain/model/reasons.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import { type DigestRules, type HeldCounts, stillBrokenLine } from '../../src/domain/notification/digest-rules.ts';
import type { DigestSections, DigestStore } from '../../src/monitoring/ports.ts';
import { by } from './memory-order.ts';
import { type Memory, type MemoryState, presentTenants, transact } from './memory-state.ts';

export function memoryDigestStore(memory: Memory): DigestStore {
  return {
    isWritten: async (day) => memory.state.digests.has(day),
    read: async (rules, lines) => sectionsOf(memory.state, rules, lines),
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

function sectionsOf(state: MemoryState, rules: DigestRules, lines: number): DigestSections {
  const view = viewOf(state, rules, lines);
  return {
    stillBroken: stillBroken(view),
    accessLost: accessLost(view),
    unreachable: unreachable(view),
    failing: failing(view),
    checksFailing: checksFailing(view),
    unsettled: unsettled(view),
    mailFailed: mailFailed(view),
    held: heldCounts(view),
  };
}

type View = ReturnType<typeof viewOf>;

/** What every section reads, and how it makes lines of it. */
function viewOf(state: MemoryState, rules: DigestRules, lines: number) {
  const tenants = new Map(
    presentTenants(state)
      .filter((tenant) => rules.tenantStates.includes(tenant.state))
      .map((tenant) => [tenant.id, tenant]),
  );
  const lineOf = ({ id, name }: Tenant) => ({ tenantId: id, tenantName: name });
  const listed = <T>(items: readonly T[]): Listed<T> => ({ items: items.slice(0, lines), total: items.length });
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
  return { rules, state, tenants, incidents, lineOf, listed, each, accountOf };
}

function stillBroken({ incidents, lineOf, each, accountOf, rules }: View): Digest['stillBroken'] {
  const { actions, confirmedUntil } = rules.stillBroken;
  return each(
    incidents
      .filter(
        ({ state: is, connectionId, confirmedAt, confirmation: { certainAction } }) =>
          is === 'open' &&
          connectionId !== null &&
          certainAction !== null &&
          actions.includes(certainAction) &&
          confirmedAt !== null &&
          confirmedAt <= confirmedUntil,
      )
      .toSorted(
        by<Incident>(...rules.stillBroken.order.map((field) => (one: Incident) => one[field] ?? 0), ({ id }) => id),
      ),
    (incident, tenant) => [
      { ...lineOf(tenant), ...accountOf(incident.connectionId), ...stillBrokenLine(incident, rules.now) },
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
    ({ action, openedAt }, tenant) => {
      const missing = missingPartOf(tenant.failing?.kind);
      const lost = { action, since: openedAt, hasNeverWorked: tenant.baselinedAt === null };
      return [{ ...lineOf(tenant), ...lost, ...(missing !== null && { missing }) }];
    },
  );
}

function unreachable({ state, lineOf, each, rules }: View): Digest['unreachable'] {
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
      const { always, whenAlone } = rules.unreachable;
      const isListed = always.includes(why) || (whenAlone.includes(why) && !isAnybodyLeft);
      return isListed ? [{ ...lineOf(tenant), email, why }] : [];
    },
  );
}

function failing({ tenants, lineOf, listed, rules }: View): Digest['failing'] {
  const { kinds, sinceUntil } = rules.failing;
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
        const isListed = failing !== null && kinds.includes(failing.kind) && failing.since <= sinceUntil;
        return isListed ? [{ ...lineOf(tenant), ...failing }] : [];
      }),
  );
}

function checksFailing({ state, lineOf, each, accountOf, rules }: View): Digest['checksFailing'] {
  return each(
    [...state.connections.values()].toSorted(
      by(
        ({ checkFailedSince }) => checkFailedSince ?? 0,
        ({ id }) => id,
      ),
    ),
    (connection, tenant) => {
      const { checkFailedSince, checkFailedInvalidSince, removedAt, id } = connection;
      const isLong = checkFailedSince !== null && checkFailedSince <= rules.checksFailing.sinceUntil;
      return isLong && checkFailedInvalidSince === null && removedAt === null
        ? [{ ...lineOf(tenant), ...accountOf(id), since: checkFailedSince }]
        : [];
    },
  );
}

function unsettled({ incidents, lineOf, each, accountOf, rules }: View): Digest['unsettled'] {
  const { atLeast, openedFrom, closedFrom } = rules.unsettled;
  const dismissals = Map.groupBy(
    incidents.filter(
      (i) =>
        i.connectionId !== null &&
        i.closeReason === 'not_confirmed' &&
        (i.closedAt ?? 0) >= closedFrom &&
        i.openedAt >= openedFrom,
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
        group.length < atLeast
          ? []
          : [{ connectionId, suspicions: group.length, tenantId: group[0]?.tenantId ?? null }],
      ),
    ({ connectionId, suspicions }, tenant) => [{ ...lineOf(tenant), ...accountOf(connectionId), suspicions }],
  );
}

function mailFailed({ state, lineOf, each, rules }: View): Digest['mailFailed'] {
  return each(
    [...state.notifications.values()]
      .filter((m) => m.state === 'failed' && (m.lastAttemptAt ?? 0) >= rules.mailFailed.attemptedFrom)
      .toSorted(
        by(
          ({ lastAttemptAt }) => -(lastAttemptAt ?? 0),
          ({ id }) => id,
        ),
      ),
    ({ to, kind, reason, response }, tenant) => [{ ...lineOf(tenant), to, kind, reason, response }],
  );
}

function heldCounts({ state, rules }: View): HeldCounts {
  const held = (wanted: HeldReason) =>
    [...state.notifications.values()]
      .filter((mail) => mail.tenantId !== null)
      .filter((mail) => mail.state === 'held' && mail.reason === wanted);
  const isOf = (holdId: string, mail: TenantNotification) =>
    mail.topics.some(({ incidentId }) => state.incidents.get(incidentId)?.alerting.heldBy === holdId);
  const byCommand = held('held_by_command');
  return {
    byFleetHold: new Map(
      rules.held.fleetHolds.map((id) => [id, held('held_fleet').filter((mail) => isOf(id, mail)).length]),
    ),
    byBrake: held('held_brake').length,
    byRestored: held('held_restored').length,
    byCommand: byCommand.length,
    byCommandSince: byCommand.length === 0 ? null : Math.min(...byCommand.map(({ createdAt }) => createdAt)),
  };
}
