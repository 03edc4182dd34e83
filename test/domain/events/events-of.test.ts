import { describe, expect, it } from '@jest/globals';
import { eventsOf, tenantAdded, tenantPurged } from '../../../src/domain/events/events-of.ts';
import type { Condition, Health } from '../../../src/domain/model/condition.ts';
import type { Connection } from '../../../src/domain/model/connection.ts';
import type { FeedEvent } from '../../../src/domain/model/event.ts';
import { closeIncident, type Incident, withReminders } from '../../../src/domain/model/incident.ts';
import type { Contact, Tenant } from '../../../src/domain/model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../../../src/domain/model/tenant-record.ts';
import { correctClock } from '../../../src/domain/polling/clock-correction.ts';
import { decidePause, decideRemoval, decideResume, decideUpdate } from '../../../src/domain/tenants/change-tenant.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  aGrant,
  aNotification,
  anIncident,
  anOperatorNotification,
  anUpdate,
  aSnapshot,
  aTenant,
  aTopic,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const at = NOW + ms('5m');

/** `type (reason)`, in their order. */
function told(before: TenantRecord, update: Partial<TenantUpdate>): readonly string[] {
  return eventsOf(before, anUpdate(update), { at, newId: countedIds() }).map(lineOf);
}

function lineOf({ type, data }: FeedEvent): string {
  return data.reason === null ? type : `${type} (${data.reason})`;
}

function shows(health: Health, conditions: readonly Condition[] = []): Connection {
  return aConnection({ period: aSnapshot({ id: `shows ${health}`, health, conditions }) });
}

/** As a poll stores it: the row where it is worth storing, and the period that begins. */
function begins(connection: Connection): Partial<TenantUpdate> {
  return { connections: [connection], newSnapshots: connection.period === null ? [] : [connection.period] };
}

const broken = shows('broken', ['token_invalid']);
const unseen = aConnection({ period: null });

describe('The events of a connection', () => {
  it.each<[string, Connection | null, Connection, readonly string[]]>([
    ['seen first', null, shows('healthy'), ['connection.added (first_seen)']],
    ['seen first, in trouble', null, broken, ['connection.added (first_seen)', 'connection.broken (first_seen)']],
    ['whose first period was never stored', unseen, shows('healthy'), ['connection.added (first_seen)']],
    ['that breaks', shows('healthy'), broken, ['connection.broken (broke)']],
    [
      'that is broken in another way',
      broken,
      shows('broken', ['token_missing']),
      ['connection.broken (conditions_changed)'],
    ],
    ['that gets worse', shows('broken', ['no_profile']), broken, ['connection.broken (worsened)']],
    ['that gets better, not well', broken, shows('waiting', ['rate_limited']), ['connection.waiting (eased)']],
    ['that waits', shows('healthy'), shows('waiting', ['check_failed']), ['connection.waiting (waiting)']],
    [
      'that waits for something else',
      shows('waiting', ['check_failed']),
      shows('waiting', ['rate_limited']),
      ['connection.waiting (waiting)'],
    ],
    ['of which nothing is known', broken, shows('unobserved'), ['connection.unobserved (unknown)']],
    ['that works again', broken, shows('healthy'), ['connection.repaired (repaired)']],
    [
      'of which is known again that it works',
      shows('unobserved'),
      shows('healthy'),
      ['connection.repaired (repaired)'],
    ],
    ['that is gone', broken, shows('removed', ['removed']), ['connection.removed (removed)']],
    ['that is back', shows('removed', ['removed']), shows('healthy'), ['connection.added (returned)']],
    [
      'that is back, and broken',
      shows('removed', ['removed']),
      broken,
      ['connection.added (returned)', 'connection.broken (returned)'],
    ],
    ['that has another name', broken, { ...broken, displayName: 'New' }, ['connection.updated (renamed)']],
    ['that shows the same after a gap', broken, { ...broken, period: aSnapshot({ ...broken.period, id: 'next' }) }, []],
    ['that was missing once', broken, { ...broken, absentPolls: 1 }, []],
  ])('%s', (_, before, after, expected) => {
    expect(told(aRecord({ connections: before === null ? [] : [before] }), begins(after))).toEqual(expected);
  });

  it('tell since when it is so, what is wrong, what to do, and which incident it is', () => {
    const incident = anIncident({ openedAt: NOW - ms('15m') });
    const before = aRecord({ connections: [shows('healthy')] });
    const [event] = eventsOf(before, anUpdate({ ...begins(broken), incidents: [incident] }), {
      at,
      newId: countedIds(),
    });
    expect(event).toEqual({
      id: 'new-1',
      tenantId: 'tenant-1',
      type: 'connection.broken',
      at,
      data: {
        tenant: { id: 'tenant-1', externalId: null, name: "Jane's Bakery", state: 'active' },
        connection: {
          id: 'connection-1',
          network: 'facebook',
          accountId: '10223344556677889',
          displayName: "Jane's Bakery",
          health: 'broken',
        },
        incident: { id: 'incident-1', state: 'suspected', snoozedUntil: null },
        reason: 'broke',
        conditions: ['token_invalid'],
        action: 'reconnect',
        since: NOW - ms('15m'),
      },
    });
  });
});

describe('Since when a connection is as it is', () => {
  const [opened, began] = [NOW - ms('15m'), aSnapshot().from];
  const incident = aConfirmedIncident({ openedAt: opened });

  it.each<[string, Connection, Connection, Incident | null, number]>([
    ['broken: since its incident began', shows('healthy'), broken, incident, opened],
    ['waiting: since its incident began', broken, shows('waiting', ['check_failed']), incident, opened],
    ['broken without an incident: since its period began', shows('healthy'), broken, null, began],
    ['repaired, though its incident is not over: since its period began', broken, shows('healthy'), incident, began],
    ['unobserved: since its period began', broken, shows('unobserved'), incident, began],
  ])('%s', (_, before, after, given, since) => {
    const incidents = given === null ? [] : [given];
    const events = eventsOf(aRecord({ connections: [before], incidents }), anUpdate(begins(after)), {
      at,
      newId: countedIds(),
    });
    expect(events.map(({ data }) => data.since)).toEqual([since]);
  });

  it('is told of those alone that the update touches, by their rows or by their periods', () => {
    const other = aConnection({ id: 'connection-2', accountId: '2', period: aSnapshot({ id: 'p', health: 'broken' }) });
    const before = aRecord({ connections: [shows('healthy'), other] });
    expect(told(before, { connections: [other], newSnapshots: broken.period === null ? [] : [broken.period] })).toEqual(
      told(before, begins(broken)),
    );
  });
});

describe('A poll that changes nothing', () => {
  it('has no event', () => {
    const record = aRecord({ connections: [broken], incidents: [aConfirmedIncident()] });
    const tenant = { ...record.tenant, lastPolledAt: at, nextPollAt: at + 1, lastGoodPollAt: at };
    const extendedSnapshots = [{ id: 'shows broken', to: at, speaksForMs: 1 }];
    const [incident] = record.incidents.map((one) => withReminders(one, { nextAt: at }));
    expect(told(record, { tenant, extendedSnapshots, incidents: incident ? [incident] : [] })).toEqual([]);
  });

  it('has none either when it corrects a clock that ran ahead', () => {
    const ahead = NOW + ms('1d');
    const period = aSnapshot({ ...broken.period, from: ahead, to: ahead });
    const before = aRecord({
      tenant: aTenant({ lastPolledAt: ahead, baselinedAt: ahead }),
      connections: [{ ...broken, period }],
      incidents: [aConfirmedIncident({ openedAt: ahead, confirmedAt: ahead, acknowledgedAt: ahead })],
      notifications: [aNotification({ state: 'sent', sentAt: ahead })],
    });
    const { record, correction } = correctClock(before, NOW);
    const { tenant, connections, incidents, notifications } = record;
    const update = { tenant, connections, incidents, notifications, clockCorrection: correction };
    expect(told(before, update)).toEqual([]);
  });
});

describe('The events of an incident', () => {
  const suspect = anIncident();
  const open = aConfirmedIncident();
  const until = NOW + ms('1d');
  const acknowledged = { ...suspect, acknowledgedAt: NOW };

  it.each<[string, typeof open | null, typeof open, readonly string[]]>([
    ['a suspicion', null, suspect, []],
    ['a suspicion that proves to be none', suspect, closeIncident(suspect, 'not_confirmed', at), []],
    ['a suspicion that is certain', suspect, open, ['incident.opened (confirmed)']],
    [
      'certain when monitoring began',
      { ...suspect, foundAtBaseline: true },
      { ...open, foundAtBaseline: true },
      ['incident.opened (found_at_baseline)'],
    ],
    [
      'a removal, which is certain and over at once',
      null,
      closeIncident(open, 'removed', at),
      ['incident.opened (confirmed)', 'incident.closed (removed)'],
    ],
    ['that shows another action', open, { ...open, action: 'choose_profile' }, []],
    ['that recovers', open, { ...open, state: 'recovering' }, []],
    ['that breaks again before it was over', { ...open, state: 'recovering' }, open, []],
    ['that is over', open, closeIncident(open, 'recovered', at), ['incident.closed (recovered)']],
    ['acknowledged', open, { ...open, acknowledgedAt: at }, ['incident.acknowledged']],
    ['snoozed', open, withReminders(open, { snoozedUntil: until }), ['incident.snoozed']],
    ['snoozed no more', withReminders(open, { snoozedUntil: until }), open, ['incident.snoozed (ended)']],
    [
      'a suspicion that somebody acknowledged, and that proves to be none',
      acknowledged,
      closeIncident(acknowledged, 'not_confirmed', at),
      ['incident.closed (not_confirmed)'],
    ],
    [
      'of which only the decision about mail is another',
      closeIncident(open, 'recovered', NOW),
      { ...closeIncident(open, 'recovered', NOW), alerting: { ...open.alerting, decision: 'mail_bounced' } },
      [],
    ],
  ])('%s', (_, before, after, expected) => {
    const record = aRecord({ connections: [broken], incidents: before === null ? [] : [before] });
    expect(told(record, { incidents: [after] })).toEqual(expected);
  });
});

describe('The events of mail', () => {
  const pending = aNotification();
  const held = aNotification({ state: 'held' });
  const sent = aNotification({ state: 'sent' });
  const failed = aNotification({ state: 'failed', reason: 'bounced' });

  it.each<
    [string, TenantUpdate['notifications'][number] | null, TenantUpdate['notifications'][number], readonly string[]]
  >([
    ['that waits', null, pending, []],
    ['that a worker has taken', pending, { ...pending, leaseUntil: at }, []],
    ['that a server took', pending, sent, ['mail.sent (first_alert)']],
    ['that came back', sent, failed, ['mail.failed (bounced)']],
    ['that came back twice', failed, { ...failed, response: '550 again' }, []],
    ['that is kept back', pending, held, ['mail.held (held_fleet)']],
    ['that is written and kept back at once', null, held, ['mail.held (held_fleet)']],
    ['kept back for another reason as well', held, aNotification({ state: 'held', reason: 'held_brake' }), []],
    ['let go', held, aNotification({ reason: 'released' }), []],
    ['that failed and is tried anew', failed, pending, []],
    ['no longer true', pending, aNotification({ state: 'cancelled' }), []],
    ['that the operator gets in place of contacts', pending, { ...sent, contactId: null }, []],
  ])('%s', (_, before, after, expected) => {
    const record = aRecord({ notifications: before === null ? [] : [before] });
    expect(told(record, { notifications: [after] })).toEqual(expected);
  });

  it('say what it is about where that is one thing alone, and name no address', () => {
    const record = aRecord({ connections: [broken], incidents: [aConfirmedIncident()], notifications: [pending] });
    const about = (mail: typeof sent) =>
      eventsOf(record, anUpdate({ notifications: [mail] }), { at, newId: countedIds() })[0];
    expect(about(sent)?.data).toMatchObject({
      connection: { id: 'connection-1' },
      incident: { id: 'incident-1' },
      mail: { id: 'notification-1', kind: 'alert', incidentIds: ['incident-1'] },
      action: 'reconnect',
      conditions: ['token_invalid'],
    });
    const ofTwo = about({ ...sent, topics: [aTopic(), aTopic({ incidentId: 'incident-2' })] });
    expect(ofTwo?.data).toMatchObject({ connection: null, incident: null, action: 'none', since: null });
    expect(JSON.stringify([about(sent), ofTwo])).not.toContain('@');
  });

  it('to the operator are none', () => {
    expect(told(aRecord(), { operatorMail: [anOperatorNotification({ state: 'sent' })] })).toEqual([]);
  });
});

describe('The events of a tenant', () => {
  const failing = { kind: 'invalid_grant', since: NOW } as const;

  it.each<[string, Partial<Tenant>, Partial<Tenant>, readonly string[]]>([
    ['whose access is lost', {}, { state: 'reauthorize', failing }, ['tenant.reauthorize (invalid_grant)']],
    [
      'that lacks a privilege',
      {},
      { state: 'access_denied', failing: { kind: 'forbidden', since: NOW } },
      ['tenant.access_denied (forbidden)'],
    ],
    [
      'denied, then refused for good',
      { state: 'access_denied' },
      { state: 'reauthorize', failing },
      ['tenant.reauthorize (invalid_grant)'],
    ],
    ['that may be read again', { state: 'reauthorize' }, { state: 'active' }, ['tenant.access_recovered']],
    ['that somebody connects', { state: 'unconnected' }, { state: 'active' }, ['tenant.connected']],
    ['that begins to fail', {}, { failing: { kind: 'timeout', since: NOW } }, []],
    ['that nobody can be reached of', {}, { unreachableSince: NOW }, []],
    ['with other settings', {}, { name: 'New', externalId: 'host-7' }, ['tenant.updated']],
    [
      'connected and named',
      { state: 'unconnected' },
      { state: 'active', name: 'New' },
      ['tenant.connected', 'tenant.updated'],
    ],
  ])('%s', (_, before, after, expected) => {
    const record = aRecord({ tenant: aTenant(before) });
    expect(told(record, { tenant: { ...record.tenant, ...after } })).toEqual(expected);
  });

  it('are those of what the operator does', () => {
    const active = aRecord({ connections: [broken], notifications: [aNotification()] });
    const paused = { ...active, tenant: aTenant({ state: 'paused', nextPollAt: null }) };
    expect(told(active, decidePause(active))).toEqual(['tenant.paused']);
    expect(told(paused, decidePause(paused))).toEqual([]);
    expect(told(paused, decideResume(paused, at))).toEqual(['tenant.resumed']);
    expect(told(paused, decideRemoval(paused, at))).toEqual(['tenant.removed']);
    expect(told(active, decideUpdate(active, { grant: aGrant() }, { now: at, newId: countedIds() }))).toEqual([]);
    expect(told(active, noUpdate('tenant-1'))).toEqual([]);
  });

  it('tell what to do and since when, where access is lost, and else when it happened', () => {
    const lost = aConfirmedIncident({ connectionId: null, action: 'reauthorize', openedAt: NOW - ms('2h') });
    const record = aRecord({ incidents: [lost] });
    const dataOf = (before: TenantRecord, tenant: Tenant) =>
      eventsOf(before, anUpdate({ tenant }), { at, newId: countedIds() })[0]?.data;
    const unauthorized = aTenant({ state: 'reauthorize', failing: null });
    expect(dataOf(record, unauthorized)).toMatchObject({
      reason: null,
      conditions: [],
      action: 'reauthorize',
      since: NOW - ms('2h'),
      changed: [],
    });
    expect(dataOf(aRecord(), unauthorized)).toMatchObject({ action: 'none', since: at });
    expect(dataOf(record, aTenant({ state: 'paused' }))).toMatchObject({ reason: null, action: 'none', since: at });
  });

  it('tell of a contact that was taken off the list', () => {
    const formerContacts = [{ ...aContact(), removedAt: at }];
    expect(told(aRecord(), { formerContacts })).toEqual(['tenant.updated']);
  });

  it('name the host’s id of a tenant that is removed, which it then loses', () => {
    const record = aRecord({ tenant: aTenant({ externalId: 'host-7' }) });
    const [event] = eventsOf(record, decideRemoval(record, at), { at, newId: countedIds() });
    expect(event?.data.tenant).toEqual({
      id: 'tenant-1',
      externalId: 'host-7',
      name: "Jane's Bakery",
      state: 'removed',
    });
  });

  it.each<[string, Partial<Contact>, boolean]>([
    ['another address', { email: 'new@x.example' }, true],
    ['gone', { state: 'unsubscribed' }, true],
    ['wants no reminders', { wantsReminders: false }, true],
    ['was refused once', { refusals: 1 }, false],
    ['snoozed for itself', { snoozes: [{ incidentId: 'incident-1', until: at }] }, false],
    ['somebody new', { id: 'contact-9' }, true],
  ])('tell of a contact without its address: %s', (_, given, isTold) => {
    const events = eventsOf(aRecord(), anUpdate({ contacts: [aContact(given)] }), { at, newId: countedIds() });
    const changed = events.map(({ data }) => ('changed' in data ? data.changed : null));
    expect(changed).toEqual(isTold ? [['contacts']] : []);
    expect(JSON.stringify(events)).not.toContain('@');
  });

  it('do not name a tenant by the address of the person who was invited', () => {
    const invited = aTenant({ state: 'unconnected', name: 'jane@bakery.example' });
    expect(JSON.stringify(tenantAdded(invited, { at, newId: countedIds() }))).not.toContain('@');
  });

  it('begin with one that it was added, and may end with one of the id alone', () => {
    const context = { at, newId: countedIds() };
    expect(tenantAdded(aTenant({ externalId: 'host-7' }), context)).toMatchObject([
      { type: 'tenant.added', tenantId: 'tenant-1', data: { tenant: { externalId: 'host-7', state: 'active' } } },
    ]);
    expect(tenantPurged('tenant-1', context)[0]).toMatchObject({
      type: 'tenant.removed',
      data: { tenant: { id: 'tenant-1', externalId: null, name: null, state: 'removed' }, since: at },
    });
  });
});
