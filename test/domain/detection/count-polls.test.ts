import { describe, expect, it } from '@jest/globals';
import { observeBad, observeGood, withBreakAfterBaseline } from '../../../src/domain/detection/count-polls.ts';
import type { Action } from '../../../src/domain/model/condition.ts';
import type { Confirmation, Incident } from '../../../src/domain/model/incident.ts';
import type { BadVerdict, Proof } from '../../../src/domain/model/verdict.ts';
import { aConfirmedIncident, anIncident, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const settings = alertSettings();
const byPolls: Proof = { by: 'polls' };
const lasting = (forMs: number): Proof => ({ by: 'duration', forMs, atLeastMs: ms('2h') });

function verdict(action: Action, proof = byPolls): BadVerdict {
  return { kind: 'bad', action, conditions: ['token_invalid'], proof };
}

function countOf(polls: number, ago: string) {
  return { polls, lastCountedAt: NOW - ms(ago) };
}

const suspected = (ago: string) => anIncident({ confirmation: { bad: countOf(1, ago), sameAction: countOf(1, ago) } });
const open = aConfirmedIncident({ confirmation: { sameAction: null } });

describe('A bad poll counts', () => {
  it.each<[string, Incident, BadVerdict, Partial<Confirmation>]>([
    ['nothing when it comes too soon', suspected('14m59s'), verdict('reconnect'), suspected('14m59s').confirmation],
    [
      'towards the confirmation',
      suspected('15m'),
      verdict('reconnect'),
      { bad: countOf(2, '0s'), certainAction: 'reconnect' },
    ],
    [
      'towards the confirmation, which takes one poll more when a witness disputes it',
      suspected('15m'),
      verdict('reconnect', { by: 'disputed_polls' }),
      { bad: countOf(2, '0s'), certainAction: null },
    ],
    [
      'to certainty after that poll, disputed or not',
      anIncident({ confirmation: { bad: countOf(2, '15m'), sameAction: countOf(2, '15m') } }),
      verdict('reconnect', { by: 'disputed_polls' }),
      { bad: countOf(3, '0s'), certainAction: 'reconnect' },
    ],
    [
      'nothing towards it when it shows a limit',
      suspected('15m'),
      verdict('wait', lasting(0)),
      { bad: countOf(1, '15m') },
    ],
    [
      'to certainty when a limit has lasted',
      suspected('15m'),
      verdict('wait', lasting(ms('2h'))),
      { certainAction: 'wait' },
    ],
    [
      'to certainty at once when it is a fact',
      suspected('1m'),
      verdict('reconnect', { by: 'fact' }),
      { certainAction: 'reconnect' },
    ],
    [
      'another action anew',
      open,
      verdict('choose_profile'),
      { certainAction: 'reconnect', sameAction: countOf(1, '0s') },
    ],
    ['the certain action at once', { ...open, state: 'recovering' }, verdict('reconnect'), { sameAction: null }],
    [
      'good polls before it no more',
      aConfirmedIncident({ state: 'recovering', confirmation: { good: countOf(1, '1h') } }),
      verdict('reconnect'),
      { good: null },
    ],
  ])('%s', (_, incident, bad, expected) => {
    expect(observeBad(incident, { verdict: bad, at: NOW }, settings).confirmation).toMatchObject(expected);
  });

  it('nothing at all, in the same object, when a certain problem shows once more', () => {
    expect(observeBad(open, { verdict: verdict('reconnect'), at: NOW }, settings)).toBe(open);
  });

  it('the moment of the confirmation once', () => {
    const confirmed = observeBad(suspected('15m'), { verdict: verdict('reconnect'), at: NOW }, settings);
    expect(confirmed.confirmedAt).toBe(NOW);
    const later = { verdict: verdict('choose_profile', { by: 'fact' }), at: NOW + ms('1h') } as const;
    expect(observeBad({ ...confirmed, state: 'open' }, later, settings).confirmedAt).toBe(NOW);
  });
});

describe('A good poll counts', () => {
  it.each<[string, Confirmation['good'], Confirmation['good']]>([
    ['once when it comes too soon', countOf(1, '14m59s'), countOf(1, '14m59s')],
    ['the first time', null, countOf(1, '0s')],
    ['one more when it is far enough from the last', countOf(1, '15m'), countOf(2, '0s')],
  ])('%s', (_, before, expected) => {
    expect(
      observeGood(aConfirmedIncident({ confirmation: { good: before } }), NOW, settings).confirmation.good,
    ).toEqual(expected);
  });
});

describe('A connection that was found when monitoring began', () => {
  const limited = anIncident({ foundAtBaseline: true, action: 'wait', confirmation: { bad: null } });
  const waiting = aConfirmedIncident({ foundAtBaseline: true, confirmation: { certainAction: 'wait' } });
  const broken = aConfirmedIncident({ foundAtBaseline: true });

  it.each<[string, Incident, Incident, BadVerdict, boolean]>([
    ['limited, and breaks before that is certain: was not broken then', limited, broken, verdict('reconnect'), false],
    ['limited for long, and breaks: was not broken then', waiting, broken, verdict('reconnect'), false],
    ['limited, and still is: was limited then', limited, waiting, verdict('wait', lasting(ms('2h'))), true],
    ['broken, and still is: was broken then', broken, broken, verdict('reconnect'), true],
  ])('%s', (_, before, after, bad, expected) => {
    expect(withBreakAfterBaseline(before, after, bad).foundAtBaseline).toBe(expected);
  });
});
