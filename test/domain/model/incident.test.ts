import { describe, expect, it } from '@jest/globals';
import {
  actionToAskFor,
  closeIncident,
  type Incident,
  isUntold,
  lastAlertStep,
  nextAlertStep,
  withDecision,
  withReminders,
} from '../../../src/domain/model/incident.ts';
import { aConfirmedIncident, anIncident, NOW } from '../../support/builders.ts';

describe('An incident that is closed', () => {
  it('keeps what it knew, has a decision that says why, and is reminded of no more', () => {
    const open = aConfirmedIncident({ reminders: { used: 2, nextAt: NOW + 1, snoozedUntil: NOW + 2 } });
    expect(closeIncident(open, 'by_command', NOW)).toEqual({
      ...open,
      state: 'closed',
      closedAt: NOW,
      closeReason: 'by_command',
      alerting: { ...open.alerting, decision: 'by_command' },
      reminders: { used: 2, nextAt: null, snoozedUntil: NOW + 2 },
    });
  });
});

describe('The decision about an incident', () => {
  it('is the same object when it stays, so that nothing of it is stored', () => {
    const incident = anIncident();
    expect(withDecision(incident, 'awaiting_confirmation')).toBe(incident);
    expect(withDecision(incident, 'no_recipient').alerting).toEqual({ ...incident.alerting, decision: 'no_recipient' });
  });
});

describe('The reminders of an incident', () => {
  it('change only in what is given', () => {
    const incident = anIncident({ reminders: { used: 1, snoozedUntil: NOW } });
    expect(withReminders(incident, { nextAt: NOW }).reminders).toEqual({ used: 1, nextAt: NOW, snoozedUntil: NOW });
  });
});

describe('The alerts of an incident', () => {
  it('are numbered from one', () => {
    expect(nextAlertStep(anIncident())).toEqual({ kind: 'alert', number: 1 });
    const alerted = anIncident({ alerting: { alertsSent: 2 } });
    expect([lastAlertStep(alerted), nextAlertStep(alerted)]).toMatchObject([{ number: 2 }, { number: 3 }]);
  });

  it('ask for the certain action, and for the latest while none is certain', () => {
    expect(actionToAskFor(anIncident({ action: 'choose_profile' }))).toBe('choose_profile');
    expect(actionToAskFor(aConfirmedIncident({ action: 'choose_profile' }))).toBe('reconnect');
  });
});

describe('An incident whose owner was not told', () => {
  it.each<[boolean, string, Incident]>([
    [true, 'is certain, and asks its owner for something', aConfirmedIncident()],
    [true, 'asks for a profile', aConfirmedIncident({ action: 'choose_profile' })],
    [false, 'is only suspected', anIncident()],
    [false, 'is over', aConfirmedIncident({ state: 'closed' })],
    [false, 'asks for nothing but to wait', aConfirmedIncident({ action: 'wait' })],
    [
      false,
      'was told',
      aConfirmedIncident({ alerting: { lastAlert: { at: NOW, action: 'reconnect', conversationId: 'incident-1' } } }),
    ],
  ])('%s: it %s', (expected, _, incident) => {
    expect(isUntold(incident)).toBe(expected);
  });
});
