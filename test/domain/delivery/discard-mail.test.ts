import { describe, expect, it } from '@jest/globals';
import { discardMail } from '../../../src/domain/delivery/discard-mail.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import { decideMail } from '../../../src/domain/notification/alert-policy.ts';
import { notificationIntents } from '../../../src/domain/notification/notification-intents.ts';
import { aConfirmedIncident, aNotification, aTenant, aTopic, NOW } from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings } from '../../support/domain-settings.ts';

const open = aConfirmedIncident();
const held = aNotification({ state: 'held', reason: 'held_by_command' });

function discarded(incident: Incident, mail: TenantNotification = held, others: readonly TenantNotification[] = []) {
  const update = discardMail(aRecord({ incidents: [incident], notifications: [mail, ...others] }), [mail], {
    now: NOW,
    settings: alertSettings(),
  });
  const after = update.incidents[0] ?? incident;
  return {
    update,
    after,
    record: aRecord({ incidents: [after], notifications: [...update.notifications, ...others] }),
  };
}

describe('mail that is discarded', () => {
  it('is cancelled, and its incident says why', () => {
    const { update } = discarded(open);
    expect(update.notifications).toEqual([{ ...held, state: 'cancelled', reason: 'discarded' }]);
    expect(update.incidents).toMatchObject([{ state: 'open', alerting: { decision: 'discarded' } }]);
  });

  it('is not planned again while the trouble goes on', () => {
    const { after, record } = discarded(open);
    const { intents } = notificationIntents(after, record, {
      settings: alertSettings(),
      holds: [],
      operatorEmail: null,
    });
    expect(intents).toEqual([]);
  });

  it('is never said to be told, however often it is seen again', () => {
    const { after, record } = discarded(open);
    const context = { settings: alertSettings(), holds: [], operatorEmail: null };
    expect(notificationIntents(after, record, context).incident.alerting.decision).toBe('discarded');
  });

  it('keeps nobody from hearing of something worse', () => {
    const { after, record } = discarded(
      aConfirmedIncident({ action: 'choose_profile', confirmation: { certainAction: 'choose_profile' } }),
    );
    const worse: Incident = {
      ...after,
      action: 'reconnect',
      confirmation: { ...after.confirmation, certainAction: 'reconnect' },
    };
    const { intents } = notificationIntents(worse, record, {
      settings: alertSettings(),
      holds: [],
      operatorEmail: null,
    });
    expect(intents).toMatchObject([
      { kind: 'alert', reason: 'worse_action', topic: aTopic({ step: 'alert:2', action: 'reconnect' }) },
    ]);
  });

  it('is reminded of no more than it was told, and its repair is told nobody', () => {
    const { after, record } = discarded(open);
    expect(after.reminders.nextAt).toBeNull();
    const repaired: Incident = { ...after, state: 'closed', closeReason: 'recovered', closedAt: NOW };
    const context = { settings: alertSettings(), holds: [], operatorEmail: null };
    expect(notificationIntents(repaired, record, context)).toMatchObject({
      intents: [],
      incident: { alerting: { decision: 'told_nobody' } },
    });
  });

  it('counts as told only when nobody else is about to be', () => {
    const toCc = { ...held, id: 'notification-2', contactId: 'contact-2' };
    expect(discarded(open, held, [toCc]).after).toMatchObject({ alerting: { lastAlert: null, alertsSent: 0 } });
    expect(
      discarded(open, held, [{ ...toCc, state: 'pending', reason: 'first_alert' }]).after.alerting.lastAlert,
    ).toBeNull();
    expect(discarded(open, held, [{ ...toCc, state: 'failed', reason: 'refused' }]).after).toMatchObject({
      alerting: { alertsSent: 1 },
    });
  });

  it('changes no incident that is over, and none that something else was said of', () => {
    expect(discarded({ ...open, state: 'closed' }).update.incidents).toEqual([]);
    const alerted = aConfirmedIncident({
      alerting: { lastAlert: { action: 'reconnect', at: NOW - 1, conversationId: 'c' }, alertsSent: 1 },
    });
    const reminder = { ...held, kind: 'reminder', topics: [aTopic({ step: 'reminder:1.1' })] } as const;
    // The slot of a reminder that is discarded is used up, and the next one comes.
    expect(discarded(alerted, reminder).after).toMatchObject({
      alerting: { decision: 'discarded', lastAlert: alerted.alerting.lastAlert, alertsSent: 1 },
      reminders: { used: 1, nextAt: expect.any(Number) },
    });
    expect(decideMail(discarded(alerted, reminder).after, aTenant(), alertSettings())).toMatchObject({
      reason: 'already_told',
    });
  });
});
