import { describe, expect, it } from '@jest/globals';
import { claimMail } from '../../../src/domain/delivery/claim-mail.ts';
import type { DeliveryContext } from '../../../src/domain/delivery/delivery-decision.ts';
import { isHeldAsRestored } from '../../../src/domain/delivery/leave-out-held.ts';
import { revalidate } from '../../../src/domain/delivery/revalidate.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { PendingNotification } from '../../../src/domain/model/notification.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { aConfirmedIncident, aConnection, aHold, aNotification, aTenant, aTopic, NOW } from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const open = aConfirmedIncident();
const taken = { ...open, alerting: { ...open.alerting, heldBy: 'hold-1' } };
const other = aConfirmedIncident({ id: 'incident-2', connectionId: 'instagram-1' });
const alert = aNotification();
const both = aNotification({ topics: [aTopic(), aTopic({ incidentId: 'incident-2' })] });
const command = aHold({ cause: { kind: 'command' } });
const regained = aTenant({ lastGoodPollAt: NOW });
const access = aConfirmedIncident({
  connectionId: null,
  action: 'reauthorize',
  confirmation: { certainAction: 'reauthorize' },
});
const refusedAt = (at: number) => {
  const failing = { kind: 'unauthorized', since: NOW - ms('1d') } as const;
  return aTenant({
    state: 'access_denied',
    failing,
    lastPolledAt: at,
    lastGoodPollAt: NOW - ms('1d'),
    baselinedAt: NOW - ms('9d'),
  });
};

type Given = Partial<TenantRecord> & Partial<DeliveryContext>;

function inputs(mail: PendingNotification, incidents: readonly Incident[], given: Given) {
  const { holds = [], isBraked = false, ...rest } = given;
  const connections = [aConnection(), aConnection({ id: 'instagram-1', network: 'instagram' })];
  const record = aRecord({ tenant: regained, connections, incidents, notifications: [mail], ...rest });
  return { record, context: { now: NOW, settings: alertSettings(), holds, isBraked } };
}

type Row = readonly [string, PendingNotification, readonly Incident[], Given, object];

const send = { kind: 'send', topics: [aTopic()] };
const postpone = (reason: string, after: string) => ({ kind: 'postpone', reason, until: NOW + ms(after) });
const hold = (reason: string) => ({ kind: 'hold', reason });

describe('mail whose turn has come', () => {
  it.each<Row>([
    ['goes out with no hold', alert, [open], {}, send],
    ['goes out after its hold', alert, [taken], {}, send],
    ['is held with what a hold has taken', alert, [taken], { holds: [aHold()] }, hold('held_fleet')],
    ['is held with what a hold is about to take', alert, [open], { holds: [aHold()] }, hold('held_fleet')],
    ['goes out when released by command', { ...alert, bypassHolds: true }, [taken], { holds: [aHold()] }, send],
    ['is repeated when it may have been read', { ...alert, outcomeUnknown: true }, [taken], { holds: [aHold()] }, send],
    [
      'tells the tenant’s other problems',
      both,
      [taken, other],
      { holds: [aHold()] },
      { kind: 'send', topics: [aTopic({ incidentId: 'incident-2' })] },
    ],
    ['is held by command', alert, [open], { holds: [command] }, hold('held_by_command')],
    ['is not held by command twice', { ...alert, bypassHolds: true }, [open], { holds: [command] }, send],
    ['is repeated, whatever the command', { ...alert, outcomeUnknown: true }, [open], { holds: [command] }, send],
    ['is held by the brake', alert, [open], { isBraked: true }, hold('held_brake')],
    ['passes the brake when released by command', { ...alert, bypassHolds: true }, [open], { isBraked: true }, send],
    [
      'is not braked when it is not sent anyway',
      alert,
      [{ ...open, state: 'closed' }],
      { isBraked: true },
      { kind: 'cancel', reason: 'no_longer_true' },
    ],
    ['goes out when the fresh poll came', { ...alert, requirePollAfter: NOW }, [open], {}, send],
    [
      'waits for a fresh poll',
      { ...alert, requirePollAfter: NOW + 1 },
      [open],
      {},
      postpone('awaiting_fresh_poll', '15m'),
    ],
    [
      'waits for the first good poll',
      { ...alert, requirePollAfter: NOW },
      [open],
      { tenant: aTenant({ lastPolledAt: NOW }) },
      postpone('awaiting_fresh_poll', '15m'),
    ],
    [
      'about a refused grant waits for no poll, because there is none',
      { ...alert, kind: 'reauthorize', requirePollAfter: NOW },
      [access],
      { tenant: { ...refusedAt(NOW - 1), state: 'reauthorize' } },
      { kind: 'send' },
    ],
    [
      'about refused access goes out when a fresh poll was refused',
      { ...alert, kind: 'reauthorize', requirePollAfter: NOW },
      [access],
      { tenant: refusedAt(NOW) },
      { kind: 'send' },
    ],
    [
      'about refused access waits for a fresh poll, too',
      { ...alert, kind: 'reauthorize', requirePollAfter: NOW },
      [access],
      { tenant: refusedAt(NOW - 1) },
      postpone('awaiting_fresh_poll', '15m'),
    ],
    [
      'about refused access learns nothing from a poll without an answer',
      { ...alert, kind: 'reauthorize', requirePollAfter: NOW },
      [access],
      { tenant: { ...refusedAt(NOW), failing: { kind: 'timeout', since: NOW } } },
      postpone('awaiting_fresh_poll', '15m'),
    ],
    [
      'about a connection is not made fresh by a refusal',
      { ...alert, requirePollAfter: NOW },
      [open],
      { tenant: refusedAt(NOW) },
      postpone('awaiting_fresh_poll', '15m'),
    ],
    [
      'is dropped when the fresh poll shows something else, which the next polls make certain',
      { ...alert, requirePollAfter: NOW },
      [{ ...open, action: 'choose_profile' }],
      {},
      { kind: 'cancel', reason: 'no_longer_true' },
    ],
    [
      'is dropped when the fresh poll was good',
      { ...alert, requirePollAfter: NOW },
      [{ ...open, state: 'recovering' }],
      {},
      { kind: 'cancel', reason: 'no_longer_true' },
    ],
  ])('%s', (_, mail, incidents, given, expected) => {
    const { record, context } = inputs(mail, incidents, given);
    expect(revalidate(mail, record, context)).toMatchObject(expected);
  });

  it('about a lost account is held with it, too', () => {
    const gone: Incident = { ...taken, state: 'closed', closeReason: 'removed', closedAt: NOW };
    const mail = aNotification({ kind: 'removed', topics: [aTopic({ step: 'removed', action: 'none' })] });
    const removedAccount = { connections: [aConnection({ removedAt: NOW })], holds: [aHold()] };
    const { record, context } = inputs(mail, [gone], removedAccount);
    expect(revalidate(mail, record, context)).toEqual(hold('held_fleet'));
  });

  it('of thanks is held by no hold of the fleet', () => {
    const repaired: Incident = { ...taken, state: 'closed', closeReason: 'recovered' };
    const thanks = aNotification({ id: 'n2', kind: 'recovered', topics: [aTopic({ step: 'recovered' })] });
    const sent = aNotification({ state: 'sent', sentAt: NOW });
    const { record, context } = inputs(thanks, [repaired], { notifications: [sent, thanks], holds: [aHold()] });
    expect(revalidate(thanks, record, context)).toMatchObject({ kind: 'send' });
  });

  it('is stored as held, which its incident says', () => {
    const { record, context } = inputs(alert, [taken], { holds: [aHold()] });
    const { update, content, decision } = claimMail(record, alert.id, {
      ...context,
      leaseNow: NOW,
      messageId: '<m@x>',
      newId: countedIds(),
    });
    expect(update.notifications).toEqual([{ ...alert, state: 'held', reason: 'held_fleet' }]);
    expect(update.incidents).toEqual([{ ...taken, alerting: { ...taken.alerting, decision: 'held_fleet' } }]);
    expect({ content, alerting: { decision } }).toMatchObject({
      content: null,
      alerting: { decision: hold('held_fleet') },
    });
  });

  it('asks for the poll it waits for', () => {
    const tenant = aTenant({ lastGoodPollAt: NOW - 1, nextPollAt: NOW + ms('40m') });
    const { record, context } = inputs({ ...alert, requirePollAfter: NOW }, [open], { tenant });
    expect(
      claimMail(record, alert.id, { ...context, leaseNow: NOW, messageId: '<m@x>', newId: countedIds() }).update.tenant,
    ).toMatchObject({
      nextPollAt: NOW,
    });
  });
});

describe('after the database was restored', () => {
  const since = NOW - ms('3d');
  const restored = aHold({ cause: { kind: 'restored' }, since, beganAt: NOW - ms('1h') });
  const recovered = aNotification({ kind: 'recovered', reason: 'recovered', topics: [aTopic({ step: 'recovered' })] });
  const closed = { ...taken, state: 'closed', closeReason: 'recovered', closedAt: NOW } as const;
  const toldAt = (at: number) => ({
    ...open,
    alerting: { ...open.alerting, alertsSent: 1, lastAlert: { action: 'reconnect', at, conversationId: 'c' } as const },
  });
  const reminder = (slot: number) =>
    aNotification({ kind: 'reminder', reason: 'reminder_due', topics: [aTopic({ step: `reminder:1.${slot}` })] });
  const holds = [restored];
  it.each<Row>([
    ['an alert that may have been sent before is held', alert, [taken], { holds }, hold('held_restored')],
    ['so is one that tells of something else as well', both, [taken, other], { holds }, hold('held_restored')],
    ['so is a recovery', recovered, [closed], { holds }, hold('held_restored')],
    [
      'so is a reminder whose day lies in the time that is missing',
      reminder(1),
      [toldAt(since - ms('1d'))],
      { holds },
      hold('held_restored'),
    ],
    ['an alert that is news goes out', alert, [open], { holds }, send],
    ['one that somebody has released goes out', { ...alert, bypassHolds: true }, [taken], { holds }, send],
    [
      'one whose first attempt has had no answer is repeated',
      { ...alert, outcomeUnknown: true },
      [taken],
      { holds },
      send,
    ],
  ])('%s', (_, mail, incidents, given, expected) => {
    const { record, context } = inputs(mail, incidents, given);
    expect(revalidate(mail, record, context)).toMatchObject(expected);
  });

  it.each<[string, Incident, boolean]>([
    ['of the moment of the copy was sent before it', toldAt(since - ms('2d')), false],
    ['of the moment after the copy may have been sent', toldAt(since - ms('2d') + 1), true],
    ['of the moment when it was restored may have been sent', toldAt(NOW - ms('1h') - ms('2d')), true],
    ['of a later day is decided as usual', toldAt(NOW - ms('1h') - ms('2d') + 1), false],
    ['of an alert that was never sent is decided as usual', open, false],
    ['of another incident is decided as usual', { ...toldAt(since - ms('1d')), id: 'other' }, false],
  ])('a reminder %s', (_, incident, isHeld) => {
    const mail = reminder(1);
    const { record, context } = inputs(mail, [incident], { holds });
    expect(isHeldAsRestored(mail, record, context)).toBe(isHeld);
  });
});
