import { expect, it } from '@jest/globals';
import { effectOf, type ToldIncident } from '../../../src/domain/reports/effect.ts';
import { effectTables } from '../../../src/http/dashboard/fleet-words.ts';
import { NOW } from '../../support/builders.ts';

const told = (given: Partial<ToldIncident> = {}): ToldIncident => ({
  network: 'facebook',
  locale: 'en-US',
  action: 'reconnect',
  remindersUsed: 0,
  toldAt: NOW,
  repairedAt: null,
  ...given,
});

it('The tables of what mail has brought about name their groups, those with the most incidents first', () => {
  const incidents = [
    told(),
    told({ remindersUsed: 1 }),
    told({ network: 'x', locale: 'de-CH', action: 'choose_profile', remindersUsed: 2 }),
    told({ network: null, action: 'reauthorize', remindersUsed: 1 }),
  ];
  const tables = effectTables(effectOf(incidents, NOW));
  expect(tables.map(({ title, lines }) => [title, lines.map(({ group }) => group)])).toEqual([
    ['All of it', ['every kind']],
    ['By network', ['Facebook', 'our access', 'X']],
    ['By language', ['English', 'German']],
    ['By what was asked', ['reconnect', 'choose profile', 'reauthorize']],
    ['By reminders', ['after 1 reminder', 'after 2 reminders', 'the alert alone']],
  ]);
});
