import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { IncidentDetail } from '../../../src/monitoring/views.ts';
import { formatMinute } from '../../../src/words/format-time.ts';
import { incidentStory } from '../../../src/words/incident-story.ts';
import { reasonText } from '../../../src/words/reason-words.ts';
import { NOW } from '../../support/builders.ts';
import { anIncidentDetail, aStoryMail } from '../../support/cli-views.ts';

const told = (given: Partial<IncidentDetail>) =>
  incidentStory(anIncidentDetail(given), formatMinute).map(({ at, text }) => `${formatMinute(at).slice(11)} ${text}`);

describe('the story of an incident', () => {
  it('tells the break, the mail, what people did and the repair in order', () => {
    const by = { kind: 'contact', email: 'jane@bakery.example' } as const;
    const story = told({
      state: 'closed',
      closedAt: NOW,
      closeReason: 'recovered',
      polls: [
        { from: NOW - 2 * HOUR_MS, to: NOW - HOUR_MS, health: 'broken', conditions: ['token_invalid'], polls: 3 },
        { from: NOW - 20 * MINUTE_MS, to: NOW, health: 'healthy', conditions: [], polls: 1 },
      ],
      acts: [{ at: NOW - 30 * MINUTE_MS, action: 'contact.check', by }],
    });
    expect(story).toEqual([
      '10:00 3 polls until 2026-01-15 11:00 showed it broken: its token no longer works.',
      '11:00 The problem was certain. The owner is asked to: reconnect it in Constant Contact.',
      '11:01 Alert to jane@bakery.example (owner): a mail server took it, because the problem was certain, and nobody had been told of it.',
      '11:30 jane@bakery.example had the account checked on the owner’s page.',
      '11:40 A poll showed it healthy.',
      '12:00 Over after 2 h: it works again.',
    ]);
  });

  it('gives as evidence what the server said, word for word, and the Message-ID', () => {
    const [line] = incidentStory(anIncidentDetail({ polls: [], confirmedAt: null }), formatMinute);
    expect(line?.evidence).toBe('250 2.0.0 Ok: queued as 4F1 · <mail-1@example.com>');
  });

  it('tells of lost access, of which no single polls are kept, when it began', () => {
    const access = { connectionId: null, network: null, accountId: null, polls: [], mail: [], confirmedAt: null };
    expect(told({ ...access, conditions: [] })).toEqual(['10:00 The first poll that Constant Contact refused.']);
  });

  it('tells of an acknowledgement once, by the audit where it is kept', () => {
    const acknowledgedAt = NOW - 5 * MINUTE_MS;
    const quiet = { polls: [], mail: [], confirmedAt: null, acknowledgedAt };
    expect(told(quiet)).toEqual(['11:55 The incident was acknowledged.']);
    const act = { at: acknowledgedAt, action: 'incident.acknowledge', by: { kind: 'key', email: null } } as const;
    expect(told({ ...quiet, acts: [act] })).toEqual(['11:55 Somebody with an API key acknowledged the incident.']);
  });

  it.each([
    ['held', { state: 'held', reason: 'held_brake' }, /held back, because more mail than MAIL_BRAKE/],
    [
      'failed',
      { state: 'failed', reason: 'gave_up', outcomeUnknown: true },
      /not delivered, .* it may have arrived\.$/,
    ],
    ['pending', { state: 'pending' }, /waits to be sent, due 2026-01-15 11:00/],
    ['cancelled', { state: 'cancelled', reason: 'recipient_gone' }, /written and not sent, because the recipient/],
    ['sent late', { attempts: 4 }, /took it at attempt 4/],
  ] as const)('says of a mail that is %s why', (_, mail, line) => {
    expect(told({ polls: [], confirmedAt: null, mail: [aStoryMail(mail)] })).toEqual([expect.stringMatching(line)]);
  });
});

describe('a stored reason', () => {
  it.each([
    ['mail_bounced', 'it came back after a mail server had taken it'],
    ['bounced', 'it came back after a mail server had taken it'],
    ['unknown', 'of a reason that this version of Linkwatch does not know'],
    ['of_tomorrow', 'of tomorrow'],
    ['constructor', 'constructor'],
  ])('%s is told in words', (reason, words) => {
    expect(reasonText(reason)).toBe(words);
  });
});
