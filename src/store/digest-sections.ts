import type { Action } from '../domain/model/condition.ts';
import type { Digest, Listed, StillBroken } from '../domain/model/digest.ts';
import type { MailKind } from '../domain/model/mail-kind.ts';
import { missingPartOf, type PollFailureKind } from '../domain/model/poll.ts';
import type { ContactState } from '../domain/model/tenant.ts';
import { type DigestRules, stillBrokenLine } from '../domain/notification/digest-rules.ts';
import type { DigestSections } from '../monitoring/ports.ts';
import type { Prisma } from './model.ts';
import { incidentFromRow } from './rows/incident-row.ts';
import { dateOf } from './rows/values.ts';

type Db = Prisma.TransactionClient;

export async function readDigestSections(
  db: Db,
  rules: DigestRules,
  lines: number,
): Promise<Omit<DigestSections, 'held'>> {
  const read = { db, rules, lines, watched: watchedBy(rules) };
  return {
    stillBroken: await stillBroken(read),
    accessLost: await accessLost(read),
    unreachable: await unreachable(read),
    failing: await failing(read),
    checksFailing: await checksFailing(read),
    unsettled: await unsettled(read),
    mailFailed: await mailFailed(read),
  };
}

type Reading = Readonly<{ db: Db; rules: DigestRules; lines: number; watched: ReturnType<typeof watchedBy> }>;

function watchedBy({ tenantStates }: DigestRules) {
  return { removedAt: null, state: { in: [...tenantStates] } };
}

const tenantName = { select: { id: true, name: true } } as const;
const account = { select: { network: true, accountId: true, displayName: true } } as const;

function tenantLine({ tenant }: Readonly<{ tenant: Readonly<{ id: string; name: string }> }>) {
  return { tenantId: tenant.id, tenantName: tenant.name };
}

type AccountRow = Readonly<{ network: string; accountId: string; displayName: string | null }>;

function accountLine({ network, accountId, displayName }: AccountRow) {
  return { network, account: displayName ?? accountId };
}

async function stillBroken({ db, rules, lines, watched }: Reading): Promise<Listed<StillBroken>> {
  const { actions, confirmedUntil, order } = rules.stillBroken;
  const where = {
    state: 'open',
    connectionId: { not: null },
    certainAction: { in: [...actions] },
    confirmedAt: { lte: dateOf(confirmedUntil) },
    tenant: watched,
  } satisfies Prisma.IncidentWhereInput;
  const rows = await db.incident.findMany({
    where,
    include: { tenant: tenantName, connection: account },
    orderBy: [...order.map((field) => ({ [field]: { sort: 'asc', nulls: 'first' } }) as const), { id: 'asc' }],
    take: lines,
  });
  const items = rows.flatMap(({ connection, tenant, ...row }): readonly StillBroken[] =>
    connection === null
      ? []
      : [
          {
            ...tenantLine({ tenant }),
            ...accountLine(connection),
            ...stillBrokenLine(incidentFromRow(row), rules.now),
          },
        ],
  );
  return { items, total: await db.incident.count({ where }) };
}

async function accessLost({ db, lines, watched }: Reading): Promise<Digest['accessLost']> {
  const where = { state: 'open', connectionId: null, tenant: watched } satisfies Prisma.IncidentWhereInput;
  const include = { tenant: { select: { id: true, name: true, baselinedAt: true, failingKind: true } } } as const;
  const rows = await db.incident.findMany({
    where,
    include,
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    take: lines,
  });
  const items = rows.map((row) => {
    const missing = missingPartOf(row.tenant.failingKind);
    return {
      ...tenantLine(row),
      action: row.action as Action,
      since: row.openedAt.getTime(),
      hasNeverWorked: row.tenant.baselinedAt === null,
      ...(missing !== null && { missing }),
    };
  });
  return { items, total: await db.incident.count({ where }) };
}

async function unreachable({ db, rules, lines, watched }: Reading): Promise<Digest['unreachable']> {
  const { always, whenAlone } = rules.unreachable;
  const where = {
    removedAt: null,
    OR: [
      { state: { in: [...always] }, tenant: watched },
      {
        state: { in: [...whenAlone] },
        tenant: { ...watched, contacts: { none: { state: 'active', removedAt: null } } },
      },
    ],
  } satisfies Prisma.ContactWhereInput;
  const include = { tenant: tenantName } as const;
  const rows = await db.contact.findMany({
    where,
    include,
    orderBy: [{ tenantId: 'asc' }, { id: 'asc' }],
    take: lines,
  });
  const items = rows.map((row) => ({ ...tenantLine(row), email: row.email, why: row.state as ContactState }));
  return { items, total: await db.contact.count({ where }) };
}

async function failing({ db, rules, lines, watched }: Reading): Promise<Digest['failing']> {
  const { kinds, sinceUntil } = rules.failing;
  const where = { ...watched, failingKind: { in: [...kinds] }, failingSince: { lte: dateOf(sinceUntil) } };
  const rows = await db.tenant.findMany({ where, orderBy: [{ failingSince: 'asc' }, { id: 'asc' }], take: lines });
  const items = rows.map(({ id, name, failingKind, failingSince }) => ({
    tenantId: id,
    tenantName: name,
    kind: failingKind as PollFailureKind,
    since: failingSince?.getTime() ?? rules.now,
  }));
  return { items, total: await db.tenant.count({ where }) };
}

async function checksFailing({ db, rules, lines, watched }: Reading): Promise<Digest['checksFailing']> {
  const where = {
    removedAt: null,
    checkFailedSince: { lte: dateOf(rules.checksFailing.sinceUntil) },
    checkFailedInvalidSince: null,
    tenant: watched,
  } satisfies Prisma.ConnectionWhereInput;
  const rows = await db.connection.findMany({
    where,
    include: { tenant: tenantName },
    orderBy: [{ checkFailedSince: 'asc' }, { id: 'asc' }],
    take: lines,
  });
  const items = rows.map((row) => ({
    ...tenantLine(row),
    ...accountLine(row),
    since: row.checkFailedSince?.getTime() ?? rules.now,
  }));
  return { items, total: await db.connection.count({ where }) };
}

async function unsettled({ db, rules, lines, watched }: Reading): Promise<Digest['unsettled']> {
  const { atLeast, openedFrom, closedFrom } = rules.unsettled;
  const groups = await db.incident.groupBy({
    by: ['connectionId'],
    where: {
      closeReason: 'not_confirmed',
      closedAt: { gte: dateOf(closedFrom) },
      openedAt: { gte: dateOf(openedFrom) },
      connectionId: { not: null },
      tenant: watched,
    },
    _count: true,
    having: { connectionId: { _count: { gte: atLeast } } },
    orderBy: [{ _count: { connectionId: 'desc' } }, { connectionId: 'asc' }],
  });
  const shown = groups.slice(0, lines).flatMap(({ connectionId }) => connectionId ?? []);
  const found = await db.connection.findMany({ where: { id: { in: shown } }, include: { tenant: tenantName } });
  const rows = found.toSorted((a, b) => shown.indexOf(a.id) - shown.indexOf(b.id));
  const items = rows.map((row) => ({
    ...tenantLine(row),
    ...accountLine(row),
    suspicions: groups.find(({ connectionId }) => connectionId === row.id)?._count ?? atLeast,
  }));
  return { items, total: groups.length };
}

async function mailFailed({ db, rules, lines, watched }: Reading): Promise<Digest['mailFailed']> {
  const where = {
    state: 'failed',
    lastAttemptAt: { gte: dateOf(rules.mailFailed.attemptedFrom) },
    tenant: watched,
  } satisfies Prisma.NotificationWhereInput;
  const rows = await db.notification.findMany({
    where,
    include: { tenant: tenantName },
    orderBy: [{ lastAttemptAt: 'desc' }, { id: 'asc' }],
    take: lines,
  });
  const items = rows.flatMap(({ tenant, to, kind, reason, response }) =>
    tenant === null ? [] : [{ ...tenantLine({ tenant }), to, kind: kind as MailKind, reason, response }],
  );
  return { items, total: await db.notification.count({ where }) };
}
