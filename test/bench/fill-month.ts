import type { Poll } from '../../src/domain/model/poll.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/model/time.ts';
import { createMailLimits, deliverMail } from '../../src/monitoring/mailing/deliver-mail.ts';
import { createOutcomes } from '../../src/monitoring/outcomes.ts';
import { recordPolls } from '../../src/monitoring/polling/record-polls.ts';
import type { Stores } from '../../src/monitoring/ports.ts';
import { createRetriedWrites } from '../../src/monitoring/retried-writes.ts';
import { silentObserver } from '../../src/monitoring/silent-observer.ts';
import type { Database } from '../../src/store/database.ts';
import { aContact, aTenant } from '../support/builders.ts';
import { alertSettings, countedIds } from '../support/domain-settings.ts';
import { collectingLog } from '../support/use-case-log.ts';
import { scriptedMailer } from '../support/use-case-mailer.ts';
import { answerTo, connectionsOf, MONTH_MS } from './month.ts';

type Month = Readonly<{ tenants: number; troubled: number; begin: Instant }>;

const RECHECK_MS = 15 * MINUTE_MS;
const MAIL_AFTER_MS = 2 * MINUTE_MS;

/** A month of hourly polls: tenants in trouble live through it with the real use cases, the healthy ones as rows. */
export async function fillMonth(store: Stores, raw: Database, month: Month): Promise<void> {
  const ids = Array.from({ length: month.tenants }, (_, index) => `tenant-${String(index).padStart(5, '0')}`);
  await addTenants(store, ids, month.begin);
  // Spread among the others, as troubles are.
  const every = Math.floor(month.tenants / month.troubled);
  const troubled = ids.filter((_, index) => index % every === 0).slice(0, month.troubled);
  await liveThrough(store, troubled, month.begin);
  await repeatFirstPoll(
    store,
    raw,
    ids.filter((id) => !troubled.includes(id)),
    month.begin,
  );
  await inOrderOfTime(raw);
}

async function addTenants(store: Stores, ids: readonly string[], begin: Instant): Promise<void> {
  for (let start = 0; start < ids.length; start += 500) {
    await store.tenants.add(
      ids.slice(start, start + 500).map((id) => ({
        tenant: aTenant({ id, name: `Shop ${id}`, createdAt: begin, nextPollAt: begin }),
        contacts: [aContact({ id: `owner-of-${id}`, tenantId: id, email: `owner@${id}.example` })],
        grant: null,
      })),
    );
  }
}

async function liveThrough(store: Stores, ids: readonly string[], begin: Instant): Promise<void> {
  const due = new Map(ids.map((id) => [id, begin]));
  const numberOf = new Map(ids.map((id, number) => [id, number]));
  const newId = countedIds();
  const settings = alertSettings();
  let now = begin;
  const clock = { now: () => now, sleep: async () => undefined };
  const mailer = scriptedMailer(clock);
  const { records, outbox, operatorMail } = store;
  const log = { ...collectingLog(), info: () => undefined };
  const retriedWrites = createRetriedWrites({ clock, log });
  const mail = {
    retriedWrites,
    outcomes: createOutcomes('the outcome of a mail', { retriedWrites }),
    observer: silentObserver,
    clock,
    log,
    newId,
    records,
    outbox,
    operatorMail,
    holds: store.holds,
    faults: store.faults,
    operatorEmail: null,
    settings,
    chance: () => 0,
    openMailer: async () => mailer,
    mailLimits: createMailLimits(),
    queue: null,
  };
  const context = { settings, newId, operatorEmail: null, planRegularPoll: nextHour };
  for (; now < begin + MONTH_MS; now += RECHECK_MS - MAIL_AFTER_MS) {
    const polls = ids
      .filter((id) => (due.get(id) ?? now) <= now)
      .map(
        (id): Poll => ({ tenantId: id, at: now, durationMs: 80, result: answerTo(numberOf.get(id) ?? 0, now - begin) }),
      );
    const updates = await recordPolls(polls, {
      records,
      holds: store.holds,
      faults: store.faults,
      clock: { now: () => now },
      log,
      context,
      failures,
    });
    for (const { tenantId, tenant } of updates) {
      due.set(tenantId, tenant?.nextPollAt ?? now + HOUR_MS);
    }
    await deliverMail(mail, {});
    now += MAIL_AFTER_MS;
    await deliverMail(mail, {});
  }
}

const failures = {
  add(_ids: readonly string[], error: unknown) {
    throw error;
  },
};

function nextHour(_tenant: unknown, at: Instant) {
  return { nextPollAt: at - (at % HOUR_MS) + HOUR_MS, intervalMs: HOUR_MS };
}

async function repeatFirstPoll(store: Stores, { db }: Database, ids: readonly string[], begin: Instant): Promise<void> {
  const context = {
    settings: alertSettings(),
    newId: countedHealthyIds(),
    operatorEmail: null,
    planRegularPoll: nextHour,
  };
  const result = { outcome: 'observed', connections: connectionsOf({}), isPartial: false } as const;
  const ports = {
    records: store.records,
    holds: store.holds,
    faults: store.faults,
    clock: { now: () => begin },
    log: collectingLog(),
    context,
    failures,
  };
  for (let start = 0; start < ids.length; start += 100) {
    const batch = ids.slice(start, start + 100);
    await recordPolls(
      batch.map((tenantId) => ({ tenantId, at: begin, durationMs: 80, result })),
      ports,
    );
  }
  const hours = MONTH_MS / HOUR_MS;
  await db.$executeRawUnsafe(
    `WITH RECURSIVE hour(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM hour WHERE n < ${hours - 1})
     INSERT INTO "Poll" ("tenantId", "at", "durationMs", "outcome", "connections")
     SELECT "id", ${begin} + n * ${HOUR_MS}, 80, 'observed', 3 FROM hour CROSS JOIN "Tenant" WHERE ${POLLED_ONCE}`,
  );
  const until = begin + (hours - 1) * HOUR_MS;
  await db.$executeRawUnsafe(
    `UPDATE "Snapshot" SET "seenUntil" = ${until}, "speaksUntil" = ${until + 2 * HOUR_MS}, "polls" = ${hours}
     WHERE "connectionId" IN (SELECT c."id" FROM "Connection" c JOIN "Tenant" ON "Tenant"."id" = c."tenantId" WHERE ${POLLED_ONCE})`,
  );
}

/** The healthy ones, so far. */
const POLLED_ONCE = `"Tenant"."id" IN (SELECT "tenantId" FROM "Poll" GROUP BY "tenantId" HAVING count(*) = 1)`;

/** A tenant's polls lie as far apart in the file as in time. */
async function inOrderOfTime({ db }: Database): Promise<void> {
  const columns = '"tenantId", "at", "durationMs", "outcome", "connections", "failureKind", "failureDetail"';
  await db.$executeRawUnsafe(`CREATE TABLE "Sorted" AS SELECT ${columns} FROM "Poll" ORDER BY "at", "tenantId"`);
  await db.$executeRawUnsafe('DELETE FROM "Poll"');
  await db.$executeRawUnsafe(`INSERT INTO "Poll" (${columns}) SELECT ${columns} FROM "Sorted" ORDER BY rowid`);
  await db.$executeRawUnsafe('DROP TABLE "Sorted"');
}

function countedHealthyIds(): () => string {
  const next = countedIds();
  return () => `healthy-${next()}`;
}
