import { describe, expect, it } from '@jest/globals';
import { attachToHold, releaseByCommand, releaseHeld } from '../../../src/domain/holds/attach-to-hold.ts';
import type { Hold } from '../../../src/domain/model/hold.ts';
import type { HeldReason } from '../../../src/domain/model/reasons.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import {
  aConfirmedIncident,
  aConnection,
  aHold,
  aNotification,
  anIncident,
  aTenant,
  aTopic,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const soon = NOW + ms('15m');
const regular = NOW + ms('1h');
const facebook = aConnection();
const instagram = aConnection({ id: 'instagram-1', network: 'instagram' });
const broken = aConfirmedIncident();
const other = aConfirmedIncident({ id: 'incident-2', connectionId: 'instagram-1' });
const aboutBoth = aNotification({ topics: [aTopic(), aTopic({ incidentId: 'incident-2' })] });

function applied(given: Partial<TenantRecord>, hold = aHold(), others: readonly Hold[] = []) {
  const record = aRecord({ connections: [facebook, instagram], ...given });
  return attachToHold(
    record,
    { hold, others },
    {
      now: NOW,
      newId: countedIds(),
      planRegularPoll: () => ({ nextPollAt: regular }),
    },
  );
}

describe('a hold that begins', () => {
  it('takes the incidents of its cause, and keeps back the mail about them', () => {
    const update = applied({ incidents: [broken, other], notifications: [aNotification()] });
    expect(update.incidents).toEqual([{ ...broken, alerting: { ...broken.alerting, heldBy: 'hold-1' } }]);
    expect(update.notifications).toEqual([aNotification({ state: 'held', reason: 'held_fleet' })]);
  });

  it('takes an incident that an ended hold had, and none that another one has', () => {
    const taken = { ...broken, alerting: { ...broken.alerting, heldBy: 'hold-0' } };
    expect(applied({ incidents: [taken] }).incidents).toMatchObject([{ alerting: { heldBy: 'hold-1' } }]);
    const restored = aHold({ id: 'hold-0', cause: { kind: 'restored' } });
    expect(applied({ incidents: [taken] }, aHold(), [restored]).incidents).toEqual([]);
  });

  it('lets the tenant’s other problems be told, in the mail that was to tell them', () => {
    const { notifications } = applied({ incidents: [broken, other], notifications: [aboutBoth] });
    expect(notifications).toEqual([
      { ...aboutBoth, topics: [aTopic({ incidentId: 'incident-2' })] },
      { ...aboutBoth, id: 'new-1', conversationId: 'new-2', topics: [aTopic()], state: 'held', reason: 'held_fleet' },
    ]);
  });

  it('keeps what it splits one conversation for all contacts', () => {
    const toCc = { ...aboutBoth, id: 'notification-2', contactId: 'contact-2' };
    const { notifications } = applied({ incidents: [broken, other], notifications: [aboutBoth, toCc] });
    const held = notifications.filter(({ state }) => state === 'held');
    expect(held).toHaveLength(2);
    expect(new Set(held.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(new Set(held.map(({ id }) => id)).size).toBe(2);
  });

  it.each<[string, GivenNotification]>([
    ['that is being sent', { leaseUntil: NOW + 1 }],
    ['that may have been read', { outcomeUnknown: true }],
    ['that was sent', { state: 'sent' }],
    ['that is held by command', { state: 'held', reason: 'held_by_command' }],
    ['of thanks', { kind: 'recovered' }],
    ['about something else', { topics: [aTopic({ incidentId: 'incident-2' })] }],
  ])('leaves alone mail %s', (_, given) => {
    expect(applied({ incidents: [broken, other], notifications: [aNotification(given)] }).notifications).toEqual([]);
  });

  it('changes nothing of who is not concerned', () => {
    const update = applied({ incidents: [other], notifications: [aboutBoth] });
    expect(update).toMatchObject({ tenant: null, incidents: [], notifications: [] });
  });

  describe('asks no suspect early', () => {
    const tenant = aTenant({ nextPollAt: soon });
    it.each<[string, Partial<TenantRecord>, readonly string[], number | null]>([
      ['but at the regular time', { incidents: [anIncident()] }, [], regular],
      ['but for the sample', { incidents: [anIncident()] }, ['tenant-1'], null],
      [
        'but where something else is in doubt',
        { incidents: [anIncident(), { ...other, state: 'suspected' }] },
        [],
        null,
      ],
      ['and leaves who is certain where they are', { incidents: [broken] }, [], null],
      ['nor one that is not polled', { tenant: { ...tenant, nextPollAt: null }, incidents: [anIncident()] }, [], null],
    ])('%s', (_, given, sample, expected) => {
      expect(applied({ tenant, ...given }, aHold({ sample })).tenant?.nextPollAt ?? null).toBe(expected);
    });

    it('nor any later than planned', () => {
      const late = aTenant({ nextPollAt: regular + 1 });
      expect(applied({ tenant: late, incidents: [anIncident()] }).tenant).toBeNull();
    });
  });
});

describe('a hold that is over', () => {
  const held = aNotification({ state: 'held', reason: 'held_fleet' });
  const taken = { ...broken, alerting: { ...broken.alerting, heldBy: 'hold-1' } };
  const tenant = aTenant({ nextPollAt: soon });
  const released = (given: Partial<TenantRecord>, active = [aHold({ id: 'hold-2' })]) =>
    releaseHeld(aRecord({ tenant, incidents: [taken], notifications: [held], ...given }), active, {
      now: NOW,
      newId: countedIds(),
    });

  it('lets go its mail, to be told after another look, which is made at once', () => {
    const update = released({});
    expect(update.notifications).toEqual([
      { ...held, state: 'pending', reason: 'released', dueAt: NOW, requirePollAfter: NOW, bypassHolds: false },
    ]);
    expect(update.tenant).toEqual({ ...tenant, nextPollAt: NOW });
  });

  it.each<[string, Partial<TenantRecord>, readonly ReturnType<typeof aHold>[]]>([
    ['what another hold keeps back', {}, [aHold()]],
    ['what is held by command', { notifications: [aNotification({ ...held, reason: 'held_by_command' })] }, []],
    ['what is held by the brake', { notifications: [aNotification({ ...held, reason: 'held_brake' })] }, []],
  ])('does not let go %s', (_, given, active) => {
    expect(released(given, [...active])).toMatchObject({ tenant: null, notifications: [] });
  });

  it('lets go what an ended hold kept back of a mail, and keeps what another hold does in a mail of its own', () => {
    const stillHeld = { ...other, alerting: { ...other.alerting, heldBy: 'hold-2' } };
    const incidents = [taken, stillHeld];
    const both = aNotification({ ...aboutBoth, state: 'held', reason: 'held_fleet', conversationId: 'conversation-1' });
    const toCc = { ...both, id: 'notification-2', contactId: 'contact-2' };
    const { notifications } = released({ incidents, notifications: [both, toCc] });
    const kept = { state: 'held', reason: 'held_fleet', topics: [aTopic({ incidentId: 'incident-2' })] };
    expect(notifications).toMatchObject([
      { id: both.id, state: 'pending', topics: [aTopic()], conversationId: 'conversation-1' },
      { id: toCc.id, state: 'pending', topics: [aTopic()] },
      { ...kept, id: 'new-1', conversationId: 'new-2', contactId: both.contactId },
      { ...kept, id: 'new-3', conversationId: 'new-2', contactId: 'contact-2' },
    ]);
  });

  it('polls nobody who is not to be polled, or about to be', () => {
    expect(released({ tenant: { ...tenant, nextPollAt: null } }).tenant).toBeNull();
    expect(released({ tenant: { ...tenant, nextPollAt: NOW } }).tenant).toBeNull();
  });
});

describe('mail that is released by command', () => {
  const tenant = aTenant({ nextPollAt: soon });
  const release = (reason: HeldReason, requirePollAfter: number | null = null) =>
    releaseByCommand(aRecord({ tenant }), [aNotification({ state: 'held', reason, requirePollAfter })], NOW);

  it('is due now, and nothing keeps it back again', () => {
    for (const reason of ['held_by_command', 'held_brake'] as const) {
      expect(release(reason)).toMatchObject({
        tenant: null,
        notifications: [
          { state: 'pending', reason: 'released', dueAt: NOW, bypassHolds: true, requirePollAfter: null },
        ],
      });
    }
  });

  it('waits for another look when the fleet’s hold kept it back, or had', () => {
    expect(release('held_fleet')).toMatchObject({
      tenant: { nextPollAt: NOW },
      notifications: [{ bypassHolds: true, requirePollAfter: NOW }],
    });
    expect(release('held_brake', NOW - 1)).toMatchObject({ notifications: [{ requirePollAfter: NOW - 1 }] });
  });
});
