import type { Action } from '../domain/model/condition.ts';
import type { Digest, Listed, StillBroken } from '../domain/model/digest.ts';
import type { MailKind } from '../domain/model/mail-kind.ts';
import { missingPartOf, type PollFailureKind } from '../domain/model/poll.ts';
import type { ContactState } from '../domain/model/tenant.ts';
import { type DigestRules, stillBrokenLine } from '../domain/notification/digest-rules.ts';
import type { DigestSections } from '../monitoring/ports.ts';
import { countSuspicions } from './count-suspicions.ts';
import type { Prisma } from './model.ts';
import { byColumns, listPortions } from './portions.ts';
import { incidentFromRow, incidentTable } from './rows/incident-row.ts';
import { plain } from './rows/table.ts';
import { dateOf } from './rows/values.ts';
import { connectionsById, contactsById, mailIn, openIncidents, tenantsById } from './table-portions.ts';

type Db = Prisma.TransactionClient;

/** Each section is read portion by portion, so that no other work waits long, however large the fleet is. */
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
  const include = { tenant: tenantName, connection: account };
  const orderBy = [...order.map((field) => ({ [field]: { sort: 'asc', nulls: 'first' } }) as const), BY_ID];
  const inOrder = byColumns<BrokenRow>(...order, 'id');
  const { rows, total } = await listPortions(openIncidents(db), { lines, inOrder }, (openKey) => {
    const where = {
      state: 'open',
      connectionId: { not: null },
      certainAction: { in: [...actions] },
      confirmedAt: { lte: dateOf(confirmedUntil) },
      tenant: watched,
      openKey,
    } satisfies Prisma.IncidentWhereInput;
    return Promise.all([db.incident.findMany({ where, include, orderBy, take: lines }), db.incident.count({ where })]);
  });
  const items = rows.flatMap(({ connection, tenant, ...row }): readonly StillBroken[] =>
    connection === null
      ? []
      : [
          {
            ...tenantLine({ tenant }),
            ...accountLine(connection),
            ...stillBrokenLine(incidentFromRow(plain(incidentTable, row)), rules.now),
          },
        ],
  );
  return { items, total };
}

type BrokenRow = Prisma.IncidentGetPayload<{ include: { tenant: typeof tenantName; connection: typeof account } }>;

const BY_ID = { id: 'asc' } as const;

async function accessLost({ db, lines, watched }: Reading): Promise<Digest['accessLost']> {
  const include = { tenant: { select: { id: true, name: true, baselinedAt: true, failingKind: true } } } as const;
  type Row = Prisma.IncidentGetPayload<{ include: typeof include }>;
  const inOrder = byColumns<Row>('openedAt', 'id');
  const { rows, total } = await listPortions(openIncidents(db), { lines, inOrder }, (openKey) => {
    // Said in this way so that no index of connections is taken, in which there are all of the past.
    const isAboutAccess = { NOT: { connectionId: { not: null } } };
    const where = { state: 'open', openKey, tenant: watched, ...isAboutAccess } satisfies Prisma.IncidentWhereInput;
    const orderBy = [{ openedAt: 'asc' } as const, BY_ID];
    return Promise.all([db.incident.findMany({ where, include, orderBy, take: lines }), db.incident.count({ where })]);
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
  return { items, total };
}

async function unreachable({ db, rules, lines, watched }: Reading): Promise<Digest['unreachable']> {
  const { always, whenAlone } = rules.unreachable;
  const include = { tenant: tenantName } as const;
  type Row = Prisma.ContactGetPayload<{ include: typeof include }>;
  const inOrder = byColumns<Row>('tenantId', 'id');
  const alone = { ...watched, contacts: { none: { state: 'active', removedAt: null } } };
  const { rows, total } = await listPortions(contactsById(db), { lines, inOrder }, (id) => {
    const where = {
      id,
      removedAt: null,
      OR: [
        { state: { in: [...always] }, tenant: watched },
        { state: { in: [...whenAlone] }, tenant: alone },
      ],
    } satisfies Prisma.ContactWhereInput;
    const orderBy = [{ tenantId: 'asc' } as const, BY_ID];
    return Promise.all([db.contact.findMany({ where, include, orderBy, take: lines }), db.contact.count({ where })]);
  });
  return {
    items: rows.map((row) => ({ ...tenantLine(row), email: row.email, why: row.state as ContactState })),
    total,
  };
}

async function failing({ db, rules, lines, watched }: Reading): Promise<Digest['failing']> {
  const { kinds, sinceUntil } = rules.failing;
  const select = { id: true, name: true, failingKind: true, failingSince: true } as const;
  type Row = Prisma.TenantGetPayload<{ select: typeof select }>;
  const inOrder = byColumns<Row>('failingSince', 'id');
  const { rows, total } = await listPortions(tenantsById(db), { lines, inOrder }, (id) => {
    const where = { ...watched, id, failingKind: { in: [...kinds] }, failingSince: { lte: dateOf(sinceUntil) } };
    const orderBy = [{ failingSince: 'asc' } as const, BY_ID];
    return Promise.all([db.tenant.findMany({ where, select, orderBy, take: lines }), db.tenant.count({ where })]);
  });
  const items = rows.map(({ id, name, failingKind, failingSince }) => ({
    tenantId: id,
    tenantName: name,
    kind: failingKind as PollFailureKind,
    since: failingSince?.getTime() ?? rules.now,
  }));
  return { items, total };
}

async function checksFailing({ db, rules, lines, watched }: Reading): Promise<Digest['checksFailing']> {
  const include = { tenant: tenantName } as const;
  type Row = Prisma.ConnectionGetPayload<{ include: typeof include }>;
  const inOrder = byColumns<Row>('checkFailedSince', 'id');
  const { rows, total } = await listPortions(connectionsById(db), { lines, inOrder }, (id) => {
    const where = {
      id,
      removedAt: null,
      checkFailedSince: { lte: dateOf(rules.checksFailing.sinceUntil) },
      checkFailedInvalidSince: null,
      tenant: watched,
    } satisfies Prisma.ConnectionWhereInput;
    const orderBy = [{ checkFailedSince: 'asc' } as const, BY_ID];
    return Promise.all([
      db.connection.findMany({ where, include, orderBy, take: lines }),
      db.connection.count({ where }),
    ]);
  });
  const items = rows.map((row) => ({
    ...tenantLine(row),
    ...accountLine(row),
    since: row.checkFailedSince?.getTime() ?? rules.now,
  }));
  return { items, total };
}

async function unsettled({ db, rules, lines, watched }: Reading): Promise<Digest['unsettled']> {
  const { atLeast } = rules.unsettled;
  const suspicions = [...(await countSuspicions(db, rules.unsettled, watched))]
    .filter(([, count]) => count >= atLeast)
    .toSorted(([id, count], [otherId, other]) => other - count || (id < otherId ? -1 : 1));
  const shown = suspicions.slice(0, lines);
  const where = { id: { in: shown.map(([id]) => id) } };
  const found = await db.connection.findMany({ where, include: { tenant: tenantName } });
  const items = shown.flatMap(([id, count]) => {
    const row = found.find((connection) => connection.id === id);
    return row === undefined ? [] : [{ ...tenantLine(row), ...accountLine(row), suspicions: count }];
  });
  return { items, total: suspicions.length };
}

async function mailFailed({ db, rules, lines, watched }: Reading): Promise<Digest['mailFailed']> {
  const include = { tenant: tenantName } as const;
  type Row = Prisma.NotificationGetPayload<{ include: typeof include }>;
  const latestFirst = byColumns<Row>('lastAttemptAt');
  const byId = byColumns<Row>('id');
  const inOrder = (a: Row, b: Row) => latestFirst(b, a) || byId(a, b);
  const { rows, total } = await listPortions(mailIn(db, 'failed'), { lines, inOrder }, (dueAt) => {
    const lastAttemptAt = { gte: dateOf(rules.mailFailed.attemptedFrom) };
    const where = { state: 'failed', dueAt, lastAttemptAt, tenant: watched } satisfies Prisma.NotificationWhereInput;
    const orderBy = [{ lastAttemptAt: 'desc' } as const, BY_ID];
    return Promise.all([
      db.notification.findMany({ where, include, orderBy, take: lines }),
      db.notification.count({ where }),
    ]);
  });
  const items = rows.flatMap(({ tenant, to, kind, reason, response }) =>
    tenant === null ? [] : [{ ...tenantLine({ tenant }), to, kind: kind as MailKind, reason, response }],
  );
  return { items, total };
}
