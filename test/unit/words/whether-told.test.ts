import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { IncidentDetail } from '../../../src/monitoring/views.ts';
import { formatMinute } from '../../../src/words/format-time.ts';
import { awaitsMail, whetherTold } from '../../../src/words/whether-told.ts';
import { NOW } from '../../support/builders.ts';
import { anIncidentDetail, anIncidentView, aStoryMail } from '../../support/cli-views.ts';

type Case = Readonly<{ name: string; given: Partial<IncidentDetail>; answer: string; sentence: string }>;

const waiting = { sentAt: null, response: null, firstAttemptAt: null, lastAttemptAt: null, attempts: 0 } as const;

const cases: readonly Case[] = [
  {
    name: 'a mail server took the alert to the owner',
    given: {},
    answer: 'yes',
    sentence:
      'Yes: jane@bakery.example on 2026-01-15 11:01, 1 h 1 min after the first poll that showed the problem; the mail server said “250 2.0.0 Ok: queued as 4F1”.',
  },
  {
    name: 'two owners, a reminder to one of them, and a copy',
    given: {
      mail: [
        aStoryMail({ response: null }),
        aStoryMail({ to: ['bob@bakery.example'], sentAt: NOW }),
        aStoryMail({ kind: 'reminder', sentAt: NOW }),
        aStoryMail({ to: ['office@bakery.example'], reader: 'cc' }),
      ],
    },
    answer: 'yes',
    sentence:
      'Yes: jane@bakery.example on 2026-01-15 11:01, and bob@bakery.example on 2026-01-15 12:00, 1 h 1 min after the first poll that showed the problem. A copy to office@bakery.example was sent on 2026-01-15 11:01.',
  },
  {
    name: 'the mail came back',
    given: { mail: [aStoryMail({ state: 'failed', reason: 'bounced', response: '550 5.1.1 unknown user' })] },
    answer: 'no',
    sentence:
      'No: the mail to jane@bakery.example was not delivered on 2026-01-15 11:01, because it came back after a mail server had taken it: “550 5.1.1 unknown user”.',
  },
  {
    name: 'the mail came back, and a later reminder was taken',
    given: {
      mail: [
        aStoryMail({ state: 'failed', reason: 'bounced' }),
        aStoryMail({ kind: 'reminder', sentAt: NOW, response: null }),
      ],
    },
    answer: 'yes',
    sentence: 'Yes: jane@bakery.example on 2026-01-15 12:00, 2 h after the first poll that showed the problem.',
  },
  {
    name: 'an attempt got no answer',
    given: { mail: [aStoryMail({ state: 'failed', reason: 'gave_up', sentAt: null, outcomeUnknown: true })] },
    answer: 'perhaps',
    sentence:
      'Perhaps: an attempt to mail jane@bakery.example on 2026-01-15 11:01 got no answer, so the mail may have arrived.',
  },
  {
    name: 'it waits, and the server has put it off',
    given: {
      mail: [aStoryMail({ ...waiting, state: 'pending', dueAt: NOW + MINUTE_MS, response: '451 4.7.1 later' })],
    },
    answer: 'not_yet',
    sentence:
      'Not yet: the mail to jane@bakery.example waits to be sent, due 2026-01-15 12:01; the mail server last said “451 4.7.1 later”.',
  },
  {
    name: 'it is held',
    given: { mail: [aStoryMail({ ...waiting, state: 'held', reason: 'held_by_command' })] },
    answer: 'no',
    sentence:
      'No: the mail to jane@bakery.example is held back since 2026-01-15 11:00, because mail is held by command.',
  },
  {
    name: 'it was discarded',
    given: { mail: [aStoryMail({ ...waiting, state: 'cancelled', reason: 'discarded' })] },
    answer: 'no',
    sentence: 'No: the mail to jane@bakery.example was not sent, because it was discarded by command.',
  },
  {
    name: 'only the operator was told, as no owner can be reached',
    given: { mail: [aStoryMail({ to: ['ops@example.com'], reader: 'operator' })], decision: 'no_recipient' },
    answer: 'no',
    sentence:
      'No: no mail was written to an owner, because the tenant has no contact that can be reached. The operator (ops@example.com) was told on 2026-01-15 11:01.',
  },
  {
    name: 'it is not certain yet',
    given: { mail: [], state: 'suspected', confirmedAt: null, decision: 'awaiting_confirmation' },
    answer: 'not_yet',
    sentence: 'Not yet, because another poll must confirm the problem first.',
  },
  {
    name: 'it was over before anybody was told',
    given: { mail: [], state: 'closed', closedAt: NOW, closeReason: 'not_confirmed', decision: 'not_confirmed' },
    answer: 'no',
    sentence: 'No: no mail was written to an owner, because the next poll did not confirm the problem.',
  },
  {
    name: 'only the repair was mailed, which tells nobody of the trouble',
    given: { mail: [aStoryMail({ kind: 'recovered' })], decision: 'mail_refused' },
    answer: 'no',
    sentence: 'No: no mail was written to an owner, because the mail server refused it.',
  },
  {
    name: 'the mail went out before the stored beginning, after the clock was set back',
    given: { openedAt: NOW, mail: [aStoryMail({ sentAt: NOW - HOUR_MS, response: null })] },
    answer: 'yes',
    sentence: 'Yes: jane@bakery.example on 2026-01-15 11:00, 0 s after the first poll that showed the problem.',
  },
];

describe('whether the owner was told', () => {
  it.each(cases)('$name', ({ given, answer, sentence }) => {
    expect(whetherTold(anIncidentDetail(given), formatMinute)).toEqual({ answer, sentence });
  });
});

describe('whether an incident in a list awaits mail', () => {
  it.each([
    ['mail was decided', { notifications: ['mail-1'], decision: 'confirmed' }, true],
    ['the mail is held', { notifications: ['mail-1'], decision: 'held_brake' }, true],
    ['no mail was ever written', { notifications: [], decision: 'awaiting_confirmation' }, false],
    ['the mail server refused it', { notifications: ['mail-1'], decision: 'mail_refused' }, false],
    ['the mail was discarded', { notifications: ['mail-1'], decision: 'discarded' }, false],
    ['it is over', { notifications: ['mail-1'], decision: 'recovered', closedAt: NOW }, false],
  ] as const)('%s', (_, given, awaits) => {
    expect(awaitsMail({ ...anIncidentView(), ...given })).toBe(awaits);
  });
});
