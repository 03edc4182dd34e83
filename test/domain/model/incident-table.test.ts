import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../../src/domain/model/incident.ts';
import {
  incidentTable,
  needsRecheck,
  type Outcome,
  type Situation,
  situationOf,
} from '../../../src/domain/model/incident-table.ts';
import type { Verdict } from '../../../src/domain/model/verdict.ts';
import { aConfirmedIncident, anIncident, NOW } from '../../support/builders.ts';

const verdicts: readonly Verdict['kind'][] = ['bad', 'good', 'neutral', 'removed'];
const flapping = { since: NOW, by: 'changes', health: 'bad', steadySince: NOW, settledAt: null } as const;

describe('Where an incident stands, and whether it is asked about again before the next slot:', () => {
  it.each<[string, Incident, Situation, boolean]>([
    ['one bad poll', anIncident(), 'suspected', true],
    ['a certain problem', aConfirmedIncident(), 'open', false],
    ['another problem than the certain one', aConfirmedIncident({ action: 'choose_profile' }), 'in_doubt', true],
    ['a good poll after a certain problem', aConfirmedIncident({ state: 'recovering' }), 'recovering', true],
    ['a connection that flaps, and is broken', aConfirmedIncident({ flapping }), 'flapping', false],
    ['a connection that flaps, and works', aConfirmedIncident({ state: 'recovering', flapping }), 'flapping', false],
    [
      'a connection that flaps, with another problem than the certain one',
      aConfirmedIncident({ action: 'choose_profile', flapping }),
      'flapping',
      false,
    ],
    [
      'a connection that has flapped, and is broken for good',
      aConfirmedIncident({ flapping: { ...flapping, settledAt: NOW } }),
      'open',
      false,
    ],
    ['a repair', aConfirmedIncident({ state: 'closed', closeReason: 'recovered' }), 'closed', false],
    ['a repair after it flapped', aConfirmedIncident({ state: 'closed', flapping }), 'closed', false],
  ])('%s', (_, incident, situation, isRechecked) => {
    expect(situationOf(incident)).toBe(situation);
    expect(needsRecheck(incident)).toBe(isRechecked);
  });
});

describe('The table of situations and verdicts', () => {
  const rows = Object.entries(incidentTable);

  it('has no outcome behind one that always happens', () => {
    for (const [situation, row] of rows) {
      for (const verdict of verdicts) {
        const always = row[verdict].findIndex(({ when }) => when.length === 0);
        expect({ situation, verdict, always }).toEqual({ situation, verdict, always: row[verdict].length - 1 });
      }
    }
  });

  it('notes a transition where trouble becomes certain, is over or proves to be none, and forgets them where it settles', () => {
    const outcomes = rows.flatMap(([, row]) => Object.values(row).flat());
    const noted = outcomes.flatMap(({ transition, to }) => (transition === undefined ? [] : [`${transition}: ${to}`]));
    expect([...new Set(noted)].toSorted()).toEqual([
      'closed: closed',
      'closed: flapping',
      'dismissed: closed',
      'forget: closed',
      'forget: open',
      'opened: flapping',
      'opened: open',
    ]);
  });

  it('lets a neutral poll change nothing, and no poll change a closed incident', () => {
    for (const [situation, row] of rows) {
      expect(row.neutral).toEqual([]);
      if (situation === 'closed') expect(Object.values(row).flat()).toEqual([]);
    }
  });

  it('is printed in docs/architecture.md', () => {
    const printed = [
      `| | ${verdicts.join(' | ')} |`,
      `|---|${verdicts.map(() => '---|').join('')}`,
      ...rows.map(
        ([situation, row]) => `| \`${situation}\` | ${verdicts.map((kind) => cell(row[kind])).join(' | ')} |`,
      ),
    ];
    const docs = readFileSync(new URL('../../../docs/architecture.md', import.meta.url), 'utf8');
    expect(docs).toContain(`\n${printed.join('\n')}\n`);
  });
});

/** `certain and unsettled → flapping; certain → open; else → suspected`. */
function cell(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return '–';
  const [only] = outcomes;
  if (outcomes.length === 1 && only?.when.length === 0) return `→ ${target(only)}`;
  return outcomes.map((outcome) => `${outcome.when.join(' and ') || 'else'} → ${target(outcome)}`).join('; ');
}

function target(outcome: Outcome): string {
  return outcome.to === 'closed' ? `\`closed\` (${outcome.as})` : `\`${outcome.to}\``;
}
