import { SUSPICIONS_TO_FLAP } from '../domain/detection/flapping.ts';
import type { Action } from '../domain/model/condition.ts';
import type { Digest, Listed, StillBroken } from '../domain/model/digest.ts';
import type { MailKind } from '../domain/model/mail-kind.ts';
import { layerOf, type PollFailureKind, pollFailureKinds } from '../domain/model/poll.ts';
import type { ContactState } from '../domain/model/tenant.ts';
import { DAY_MS } from '../domain/model/time.ts';
import type { LostAlertReason } from '../domain/notification/notification-intents.ts';
import type { DigestQuery } from '../monitoring/ports.ts';
import { readHeldMail } from './held-mail.ts';
import type { Prisma } from './model.ts';
import { dateOf, instantOrNull } from './rows/values.ts';

type Db = Prisma.TransactionClient;
type Sections = Omit<Digest, 'quota'>;

/** A single tenant that fails for less may do so again tomorrow. */
const FAILING_MS = DAY_MS;

export async function readDigestSections(db: Db, query: DigestQuery): Promise<Sections> {
  return {
    stillBroken: await stillBroken(db, query),
    accessLost: await accessLost(db, query),
    unreachable: await unreachable(db, query),
    failing: await failing(db, query),
    checksFailing: await checksFailing(db, query),
    unsettled: await unsettled(db, query),
    mailFailed: await mailFailed(db, query),
    held: await readHeldMail(db),
  };
}

const tenantName = { select: { id: true, name: true } } as const;
const account = { select: { network: true, accountId: true, displayName: true } } as const;
const watched = { removedAt: null, state: { not: 'paused' } } as const;

function tenantLine({ tenant }: Readonly<{ tenant: Readonly<{ id: string; name: string }> }>) {
  return { tenantId: tenant.id, tenantName: tenant.name };
}

type AccountRow = Readonly<{ network: string; accountId: string; displayName: string | null }>;

function accountLine({ network, accountId, displayName }: AccountRow) {
  return { network, account: displayName ?? accountId };
}

/** Mail that came back, or was dropped, has told nobody. */
const lostAlertReasons = new Set<string>(['mail_bounced', 'discarded'] satisfies LostAlertReason[]);

/** Whom nobody has reacted to first, then the longest broken. */
async function stillBroken(db: Db, { now, escalateAfterMs, lines }: DigestQuery): Promise<Listed<StillBroken>> {
  const where = {
    state: 'open',
    connectionId: { not: null },
    certainAction: { in: ['reconnect', 'choose_profile'] },
    confirmedAt: { lte: dateOf(now - escalateAfterMs) },
    tenant: watched,
  } satisfies Prisma.IncidentWhereInput;
  const rows = await db.incident.findMany({
    where,
    include: { tenant: tenantName, connection: account },
    orderBy: [{ acknowledgedAt: { sort: 'asc', nulls: 'first' } }, { confirmedAt: 'asc' }, { id: 'asc' }],
    take: lines,
  });
  const items = rows.flatMap(({ connection, ...row }): readonly StillBroken[] =>
    connection === null
      ? []
      : [
          {
            ...tenantLine(row),
            ...accountLine(connection),
            action: row.certainAction as Action,
            since: row.openedAt.getTime(),
            toldAt: lostAlertReasons.has(row.decision) ? null : instantOrNull(row.toldAt),
            reaction: reactionTo(row, now),
          },
        ],
  );
  return { items, total: await db.incident.count({ where }) };
}

type ReactionRow = Readonly<{ snoozedUntil: Date | null; acknowledgedAt: Date | null }>;

function reactionTo({ snoozedUntil, acknowledgedAt }: ReactionRow, now: number): StillBroken['reaction'] {
  if (snoozedUntil !== null && snoozedUntil.getTime() > now) return 'snoozed';
  return acknowledgedAt === null ? 'none' : 'acknowledged';
}

async function accessLost(db: Db, { lines }: DigestQuery): Promise<Sections['accessLost']> {
  const where = { state: 'open', connectionId: null, tenant: watched } satisfies Prisma.IncidentWhereInput;
  const include = { tenant: tenantName } as const;
  const rows = await db.incident.findMany({
    where,
    include,
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    take: lines,
  });
  const items = rows.map((row) => ({
    ...tenantLine(row),
    action: row.action as Action,
    since: row.openedAt.getTime(),
  }));
  return { items, total: await db.incident.count({ where }) };
}

/** Addresses that take no mail, and whoever is missing where nobody is left. */
async function unreachable(db: Db, { lines }: DigestQuery): Promise<Sections['unreachable']> {
  const where = {
    removedAt: null,
    OR: [
      { state: 'undeliverable', tenant: watched },
      { state: { not: 'active' }, tenant: { ...watched, contacts: { none: { state: 'active', removedAt: null } } } },
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

/** While Constant Contact itself is down, that is told elsewhere. */
async function failing(db: Db, { now, lines }: DigestQuery): Promise<Sections['failing']> {
  const kinds = pollFailureKinds.filter((kind) => layerOf(kind) !== 'access');
  const isOutage = (await db.outage.count({ where: { openKey: { not: null }, confirmedAt: { not: null } } })) > 0;
  if (isOutage) return { items: [], total: 0 };
  const where = { ...watched, failingKind: { in: kinds }, failingSince: { lte: dateOf(now - FAILING_MS) } };
  const rows = await db.tenant.findMany({ where, orderBy: [{ failingSince: 'asc' }, { id: 'asc' }], take: lines });
  const items = rows.map(({ id, name, failingKind, failingSince }) => ({
    tenantId: id,
    tenantName: name,
    kind: failingKind as PollFailureKind,
    since: failingSince?.getTime() ?? now,
  }));
  return { items, total: await db.tenant.count({ where }) };
}

/** With an invalid token beside it, so long a failure is believed, and told to the owner. */
async function checksFailing(
  db: Db,
  { now, checkFailedAfterMs, lines }: DigestQuery,
): Promise<Sections['checksFailing']> {
  const where = {
    removedAt: null,
    checkFailedSince: { lte: dateOf(now - checkFailedAfterMs) },
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
    since: row.checkFailedSince?.getTime() ?? now,
  }));
  return { items, total: await db.connection.count({ where }) };
}

async function unsettled(db: Db, { now, lines }: DigestQuery): Promise<Sections['unsettled']> {
  const groups = await db.incident.groupBy({
    by: ['connectionId'],
    where: {
      closeReason: 'not_confirmed',
      closedAt: { gte: dateOf(now - DAY_MS) },
      openedAt: { gte: dateOf(now - 2 * DAY_MS) },
      connectionId: { not: null },
      tenant: watched,
    },
    _count: true,
    having: { connectionId: { _count: { gte: SUSPICIONS_TO_FLAP } } },
    orderBy: [{ _count: { connectionId: 'desc' } }, { connectionId: 'asc' }],
  });
  const shown = groups.slice(0, lines).flatMap(({ connectionId }) => connectionId ?? []);
  const found = await db.connection.findMany({ where: { id: { in: shown } }, include: { tenant: tenantName } });
  const rows = found.toSorted((a, b) => shown.indexOf(a.id) - shown.indexOf(b.id));
  const items = rows.map((row) => ({
    ...tenantLine(row),
    ...accountLine(row),
    suspicions: groups.find(({ connectionId }) => connectionId === row.id)?._count ?? SUSPICIONS_TO_FLAP,
  }));
  return { items, total: groups.length };
}

async function mailFailed(db: Db, { now, lines }: DigestQuery): Promise<Sections['mailFailed']> {
  const where = {
    state: 'failed',
    lastAttemptAt: { gte: dateOf(now - DAY_MS) },
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
