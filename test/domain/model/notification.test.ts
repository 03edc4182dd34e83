import { describe, expect, it } from '@jest/globals';
import {
  beginNotification,
  beginOperatorMail,
  isWritten,
  mayBeChanged,
} from '../../../src/domain/model/notification.ts';
import type { OperatorReport } from '../../../src/domain/model/operator-report.ts';
import { aNotification, anOperatorNotification, aTopic, NOW } from '../../support/builders.ts';

describe('a step is written to a contact once', () => {
  it.each<[string, boolean, Parameters<typeof aNotification>[0]]>([
    ['it waits', true, { state: 'pending' }],
    ['it is held', true, { state: 'held' }],
    ['it was sent', true, { state: 'sent' }],
    ['it failed', true, { state: 'failed' }],
    ['it was cancelled, so it may be written again', false, { state: 'cancelled' }],
    ['it was written to somebody else', false, { contactId: 'contact-2' }],
    ['another step was', false, { topics: [aTopic({ step: 'alert:2' })] }],
    ['another incident was', false, { topics: [aTopic({ incidentId: 'incident-2' })] }],
  ])('%s: %s', (_, expected, given) => {
    expect(isWritten([aNotification(given)], 'contact-1', aTopic())).toBe(expected);
  });
});

it.each<[string, boolean, Parameters<typeof aNotification>[0]]>([
  ['waits', true, {}],
  ['is held', false, { state: 'held' }],
  ['is being sent', false, { leaseUntil: NOW, outcomeUnknown: true }],
  ['was taken by a worker that died since', false, { leaseUntil: NOW - 1 }],
  ['may have arrived', false, { outcomeUnknown: true }],
])('a mail that %s may be changed: %s', (_, expected, given) => {
  expect(mayBeChanged(aNotification(given))).toBe(expected);
});

it('a new mail is due at once and was never tried', () => {
  const { state, dueAt, attempts, outcomeUnknown, sentAt } = beginNotification(aNotification());
  expect({ state, dueAt, attempts, outcomeUnknown, sentAt }).toEqual({
    state: 'pending',
    dueAt: NOW,
    attempts: 0,
    outcomeUnknown: false,
    sentAt: null,
  });
});

describe('The mail that reports to the operator', () => {
  const context = { now: NOW, newId: () => 'mail-1', operatorEmail: 'ops@agency.example', conversationId: 'hold-1' };
  const { report } = anOperatorNotification();

  it('waits, under the conversation that it belongs to', () => {
    expect(beginOperatorMail(report, context)).toMatchObject([
      {
        id: 'mail-1',
        to: 'ops@agency.example',
        tenantId: null,
        kind: 'operator',
        state: 'pending',
        reason: report.about,
        report,
        createdAt: NOW,
        dueAt: NOW,
        conversationId: 'hold-1',
      },
    ]);
  });

  it('is of its own kind where it is the digest', () => {
    const digest = { ...report, about: 'digest' } as OperatorReport;
    expect(beginOperatorMail(digest, context)).toMatchObject([{ kind: 'digest', reason: 'digest' }]);
  });

  it('is none where no operator is configured', () => {
    expect(beginOperatorMail(report, { ...context, operatorEmail: null })).toEqual([]);
  });
});
