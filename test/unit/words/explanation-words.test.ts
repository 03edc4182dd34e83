import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Explanation } from '../../../src/monitoring/views.ts';
import { explanationParts } from '../../../src/words/explanation-words.ts';
import { formatMinute } from '../../../src/words/format-time.ts';
import { NOW } from '../../support/builders.ts';
import { aContactView, aNextStep, anExplanation, anIncidentView, aStoryMail } from '../../support/cli-views.ts';

function told(given: Partial<Explanation> = {}, address: string | null = null): readonly string[] {
  const parts = explanationParts(anExplanation(given), { address, moment: formatMinute });
  return parts.flatMap(({ title, lines }) => [`# ${title}`, ...lines.map(({ text }) => text)]);
}

describe('an explanation', () => {
  it('says who gets mail, then what happens next, then tells the decisions of each incident in order', () => {
    expect(told()).toEqual([
      '# Who gets mail',
      'jane@bakery.example (owner) gets all mail.',
      'office@bakery.example (copy) gets alerts about connections, the last reminder and recoveries.',
      '# What happens next',
      'The next poll, unless the tenant is paused.',
      'A reminder about facebook "Jane\'s page" goes to jane@bakery.example, unless a poll shows that it works again or reminders are snoozed.',
      '# facebook "Jane\'s page", open',
      'The first poll that showed the trouble.',
      'The trouble was certain.',
      'Alert to jane@bakery.example (owner): a mail server took it, because the problem was certain, and nobody had been told of it.',
      'The latest decision about mail: the mail about it was sent before (1 mail so far).',
    ]);
  });

  it.each<[string, Partial<Explanation>, string]>([
    [
      'the contact asked for no more mail',
      { contacts: [aContactView({ state: 'unsubscribed' })] },
      'No mail to jane@bakery.example, because the contact asked for no more mail.',
    ],
    [
      'mail servers refused the address',
      { contacts: [aContactView({ state: 'undeliverable' })] },
      'No mail to jane@bakery.example, because mail servers refused the address.',
    ],
    [
      'it is about our access, and the contact gets copies alone',
      {
        contacts: [aContactView({ role: 'cc' })],
        incidents: [anIncidentView({ connectionId: null, network: null, accountId: null })],
      },
      'No mail to jane@bakery.example, because mail about our own access goes to owners alone.',
    ],
    [
      'the trouble was not certain',
      { incidents: [anIncidentView({ decision: 'awaiting_confirmation' })] },
      'No mail to jane@bakery.example, because another poll must confirm the problem first.',
    ],
  ])('says why one person got no mail: %s', (_, given, line) => {
    expect(told({ mail: [], ...given }, 'Jane@Bakery.example'.toLowerCase())).toContain(line);
  });

  it('tells of one person that person’s mail and reminders alone', () => {
    const mail = { ...aStoryMail({ to: ['boss@bakery.example'] }), incidents: ['incident-1'] };
    const text = told({ mail: [mail] }, 'office@bakery.example').join('\n');
    expect(text).not.toMatch(/boss@|jane@/);
    expect(text).toContain('No mail to office@bakery.example');
    expect(text).toContain('The next poll');
  });

  it('says of an address that is no contact’s so', () => {
    expect(told({}, 'nobody@bakery.example')).toContain(
      'nobody@bakery.example is no contact of the tenant now, and gets no mail of it.',
    );
    expect(told({ contacts: [] })).toContain('The tenant has no contact.');
  });

  it('names wishes and snoozes', () => {
    const snoozes = [{ incidentId: 'incident-1', until: NOW + DAY_MS }];
    expect(told({ contacts: [aContactView({ wantsReminders: false, snoozes })] })[1]).toBe(
      'jane@bakery.example (owner) gets all mail, and asked for no reminders and no reminders of facebook "Jane\'s page" until 2026-01-16 12:00.',
    );
  });

  it.each<[Partial<Explanation['next'][number]>, string]>([
    [{ kind: 'no_poll', reason: 'paused' }, 'No poll is planned, because the tenant is paused.'],
    [
      { kind: 'held', to: ['jane@bakery.example'], reason: 'held_brake' },
      'The mail to jane@bakery.example stays held, because more mail than MAIL_BRAKE allows was due within an hour, until it is released or the hold ends.',
    ],
    [
      { kind: 'mail', to: ['jane@bakery.example'], unless: ['hold'] },
      'The mail to jane@bakery.example is sent, unless mail is held.',
    ],
    [
      { kind: 'alert', incidentId: 'gone', unless: ['good_poll', 'pause', 'close'] },
      'If a poll confirms it, an alert about an earlier incident is written to nobody, at the earliest with this poll, unless a poll shows that it works again, the tenant is paused or the incident is closed by hand.',
    ],
    [
      { kind: 'repair', incidentId: 'incident-1' },
      'If further polls are good, mail about the repair of facebook "Jane\'s page" goes to whoever was told of the trouble.',
    ],
    [
      { kind: 'silence', incidentId: 'incident-1', reason: 'reminders_used_up' },
      'No further mail about facebook "Jane\'s page" is planned, because all reminders have been sent.',
    ],
  ])('tells what happens next: %j', (step, line) => {
    expect(told({ next: [aNextStep(step)] })).toContain(line);
  });

  it('names what keeps back everybody’s mail', () => {
    expect(told({ next: [], holds: [{ kind: 'command', since: NOW - HOUR_MS }] })).toContain(
      'Mail is held by command since 2026-01-15 11:00, until somebody releases it.',
    );
  });
});
