import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tellingEvents } from '../../../src/monitoring/events/telling-events.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import {
  aChange,
  aConnection,
  aContact,
  aFailedPoll,
  aGrant,
  aHold,
  aNotification,
  anApiKey,
  anAuditEntry,
  anEvent,
  anIncident,
  anOperatorNotification,
  anUpdate,
  aSnapshot,
  aTenant,
  aTopic,
  aWebhook,
  NOW,
} from '../../support/builders.ts';
import { countedIds } from '../../support/domain-settings.ts';
import { storedRows } from '../../support/program-secrets.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { patchTenant, save } from '../../support/store-records.ts';
import { anAttempt } from '../../support/store-webhooks.ts';
import { manualClock } from '../../support/use-case-clock.ts';

/** Tables in which no row is about a tenant. Any other table must have rows of both tenants below. */
const withoutTenants = [
  '_prisma_migrations',
  'Application',
  'Backup',
  'Breaker',
  'Digest',
  'EventFeed',
  'Fault',
  'RequestDay',
  'RequestRate',
  'Worker',
  'WriterLevel',
];

/** What was done to a tenant stays written down; it is named there by ids alone, and no address of its people is left. */
const KEEPS_IDS = 'AuditEntry';

/** An endpoint that gets the events of both. */
const OF_ALL = 'webhook-of-all';

/** Each in every id, name and address of its tenant, and nowhere else. */
const [ERASED, KEPT] = ['zzerased', 'zzkept'];

describe.each(['SQLite', 'PostgreSQL'] as const)('a tenant that is purged on %s', (name) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase(name);
  });
  afterEach(() => database.drop());

  it('leaves no trace in any table but its ids in the audit, and another one is in all of them still', async () => {
    const store = database.open();
    for (const mark of [ERASED, KEPT]) await storeEverythingOf(database, store, mark);
    await storeWhatNamesBoth(store);
    const before = await tablesNaming(database, KEPT);
    expect(await tablesNaming(database, ERASED)).toEqual(before);
    expect([...before, ...withoutTenants].toSorted()).toEqual(await allTables(database));

    expect(await store.tenants.erase(ERASED)).toBe(true);

    expect(await tablesNaming(database, ERASED)).toEqual([KEEPS_IDS]);
    expect(await tablesNaming(database, KEPT)).toEqual(before);
    expect(await namedByAudit(database, ERASED)).toEqual(['zzerased', 'zzerased-contact', 'zzerased-key']);
    expect(await namedByAudit(database, KEPT)).toContain('zzkept-address');
  });

  it('leaves its id in the last word of it, which other programs are told, and nothing else', async () => {
    const store = database.open();
    for (const mark of [ERASED, KEPT]) await storeEverythingOf(database, store, mark);
    await tellingEvents(store, { clock: manualClock(NOW), newId: countedIds(), onTold: () => undefined }).tenants.erase(
      ERASED,
    );
    expect(await tablesNaming(database, ERASED)).toEqual([KEEPS_IDS, 'Event']);
    const left = (await storedRows(database.raw)).find(({ where }) => where === 'table Event')?.text ?? '';
    expect(left.match(/zzerased[^"\\]*/g)).toEqual([ERASED, ERASED]);
  });

  it('leaves none either when it was removed before', async () => {
    const store = database.open();
    await storeEverythingOf(database, store, ERASED);
    await store.records.change([ERASED], ([record]) => ({
      updates: record === undefined ? [] : [anUpdate({ tenantId: ERASED, removedAt: 1 })],
      result: undefined,
    }));
    expect(await store.tenants.erase(ERASED)).toBe(true);
    expect(await tablesNaming(database, ERASED)).toEqual([KEEPS_IDS]);
  });
});

async function allTables(database: TestDatabase): Promise<readonly string[]> {
  return (await storedRows(database.raw)).map(({ where }) => where.replace('table ', '')).toSorted();
}

/** What is sealed and only a number cannot be read here; it stands in rows that can. */
async function tablesNaming(database: TestDatabase, mark: string): Promise<readonly string[]> {
  const naming = (await storedRows(database.raw)).filter(({ text }) => text.includes(mark));
  return naming.map(({ where }) => where.replace('table ', '')).toSorted();
}

/** Each text of the audit that begins with the mark, once. */
async function namedByAudit(database: TestDatabase, mark: string): Promise<readonly string[]> {
  const rows = (await storedRows(database.raw)).filter(({ where }) => where === `table ${KEEPS_IDS}`);
  const named = rows.flatMap(({ text }) => text.match(new RegExp(`${mark}[\\w@.-]*`, 'g')) ?? []);
  return [...new Set(named)].toSorted();
}

/** A row, or more, in every table that has rows of a tenant. */
async function storeEverythingOf({ raw }: TestDatabase, store: Stores, mark: string): Promise<void> {
  const of = (what: string) => `${mark}-${what}`;
  const [tenantId, connectionId, incidentId] = [mark, of('connection'), of('incident')];
  const contact = aContact({ id: of('contact'), tenantId, email: `owner@${mark}.example` });
  const tenant = aTenant({ id: tenantId, externalId: of('external'), name: of('name'), senderName: of('sender') });
  await store.tenants.add([{ tenant, contacts: [contact], grant: aGrant({ refreshToken: of('token') }) }]);
  if ((await store.webhooks.find(OF_ALL)) === null)
    await store.webhooks.add(aWebhook({ id: OF_ALL }), 'whsec_c2VjcmV0');
  await store.webhooks.add(
    aWebhook({ id: of('webhook'), tenantId, url: `https://${mark}.example/` }),
    'whsec_c2VjcmV0',
  );
  const period = aSnapshot({ id: of('snapshot'), connectionId });
  const topics = [aTopic({ incidentId })];
  await save(
    store,
    anUpdate({
      tenantId,
      poll: aFailedPoll('forbidden', { tenantId }),
      connections: [aConnection({ id: connectionId, tenantId, period })],
      newSnapshots: [period],
      changes: [aChange({ id: of('change'), tenantId, connectionId })],
      incidents: [anIncident({ id: incidentId, tenantId, connectionId })],
      events: [anEvent({ id: of('event'), tenantId })],
      notifications: [
        aNotification({ id: of('mail'), tenantId, contactId: contact.id, to: contact.email, topics, state: 'sent' }),
      ],
    }),
  );
  await store.webhookDeliveries.dispatch(NOW);
  for (const endpointId of [OF_ALL, of('webhook')]) {
    const attempt = { id: `${endpointId} ${of('attempt')}`, endpointId, eventId: of('event'), tenantId };
    await store.webhooks.addAttempt(anAttempt({ ...attempt, answer: of('answer') }));
  }
  await store.apiKeys.add(anApiKey({ id: of('key'), tenantId, name: of('name'), prefix: of('prefix') }), of('hash'));
  await raw.db.apiMinute.create({ data: { keyId: of('key'), minute: new Date(0), used: 1 } });
  await raw.db.repeatableWrite.create({
    data: { id: `${of('key')} ${of('request')}`, request: 'sha', createdAt: new Date(), body: of('body') },
  });
  const people = { actor: { kind: 'contact', id: of('contact') }, from: of('address') } as const;
  await store.audit.add(anAuditEntry({ id: `1-${mark}`, tenantId, ...people, action: 'contact.leave' }));
  const key = { actor: { kind: 'key', id: of('key') }, from: '192.0.2.1' } as const;
  await store.audit.add(anAuditEntry({ id: `2-${mark}`, tenantId, ...key, subjects: [of('key')] }));
  // Its first owner is a former contact from now on.
  await patchTenant(store, tenantId, { owner: `next@${mark}.example` });
}

/** Rows that are nobody's own and yet name tenants. */
async function storeWhatNamesBoth({ holds }: Stores): Promise<void> {
  const items = [ERASED, KEPT].map(
    (tenantId) => ({ tenantId, tenantName: `${tenantId} name`, failure: 'forbidden' }) as const,
  );
  const never = anOperatorNotification({ id: 'both', report: { about: 'never_worked', tenants: { items, total: 2 } } });
  const stopped = [ERASED, KEPT].map((tenantId) =>
    anOperatorNotification({
      id: `stopped-${tenantId}`,
      report: {
        about: 'webhook_stopped',
        why: 'gone',
        endpointId: `${tenantId}-webhook`,
        host: `${tenantId}.example`,
        tenantId,
        since: NOW,
        response: null,
      },
    }),
  );
  await holds.begin(aHold({ sample: [ERASED, KEPT] }), [never, ...stopped]);
}
