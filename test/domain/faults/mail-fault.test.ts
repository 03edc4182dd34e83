import { describe, expect, it } from '@jest/globals';
import type { FaultStep } from '../../../src/domain/faults/fault-step.ts';
import {
  decideMailServer,
  type MailServerView,
  mailServerReport,
  tellsOfMailServer,
} from '../../../src/domain/faults/mail-fault.ts';
import type { Fault } from '../../../src/domain/model/fault.ts';
import { aFault, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const response = '535 5.7.8 wrong password';
const refusing = aFault({ cause: { kind: 'mail', response }, confirmedAt: NOW });
const ended = (lastedMs: number): Fault => ({ ...refusing, endedAt: NOW + lastedMs });
const over: FaultStep = { kind: 'end', reason: 'mail_server_takes_mail' };

describe('A mail server that refuses us', () => {
  it.each<[string, Fault | null, MailServerView, FaultStep]>([
    [
      'is no fault while it refuses single mails',
      null,
      { sent: 0, refusalOfUs: null },
      { kind: 'none', reason: 'no_refusal' },
    ],
    [
      'is no fault when it took another mail in the same run',
      null,
      { sent: 1, refusalOfUs: response },
      { kind: 'none', reason: 'no_refusal' },
    ],
    [
      'is a fault at once',
      null,
      { sent: 0, refusalOfUs: response },
      { kind: 'begin', reason: 'mail_server_refuses_us' },
    ],
    [
      'goes on refusing',
      refusing,
      { sent: 0, refusalOfUs: 'another answer' },
      { kind: 'wait', reason: 'still_refused' },
    ],
    [
      'is still at fault when no mail was tried',
      refusing,
      { sent: 0, refusalOfUs: null },
      { kind: 'wait', reason: 'still_refused' },
    ],
    ['is at fault until it takes one mail', refusing, { sent: 1, refusalOfUs: null }, over],
  ])('%s', (_, current, view, expected) => {
    expect(decideMailServer(current, view)).toEqual(expected);
  });
});

describe('The operator is told that mail works again', () => {
  it.each<[string, FaultStep, Fault, object | null]>([
    ['not when it did within OUTAGE_AFTER', over, ended(ms('15m') - 1), null],
    [
      'when it did not for OUTAGE_AFTER',
      over,
      ended(ms('15m')),
      { about: 'mail_works_again', since: NOW, until: NOW + ms('15m'), response },
    ],
    [
      'not when it stops working: no mail could say so',
      { kind: 'begin', reason: 'mail_server_refuses_us' },
      refusing,
      null,
    ],
    ['not when another fault is over', over, aFault({ endedAt: NOW + ms('1h') }), null],
  ])('%s', (_, step, fault, expected) => {
    expect(mailServerReport(step, fault, alertSettings())).toEqual(expected);
  });
});

describe('A run of the delivery tells of the mail server', () => {
  it.each<[string, MailServerView, boolean]>([
    ['when it took a mail', { sent: 1, refusalOfUs: null }, true],
    ['when it refused us', { sent: 0, refusalOfUs: response }, true],
    ['not when it did neither', { sent: 0, refusalOfUs: null }, false],
  ])('%s', (_, view, expected) => {
    expect(tellsOfMailServer(view)).toBe(expected);
  });
});

it('nothing is reported of a mail server that is still refusing', () => {
  const waits: FaultStep = { kind: 'wait', reason: 'still_refused' };
  expect(mailServerReport(waits, ended(ms('1h')), alertSettings())).toBeNull();
  expect(mailServerReport(over, refusing, alertSettings())).toBeNull();
});
