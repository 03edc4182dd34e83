import { describe, expect, it } from '@jest/globals';
import {
  decideOutage,
  type Outage,
  type OutageStep,
  outageAfter,
  outageReport,
} from '../../../src/domain/model/outage.ts';
import { anOutage, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const suspected = (since: string) => anOutage({ since: NOW - ms(since) });
const told = anOutage({ since: NOW - ms('1h'), confirmedAt: NOW - ms('45m') });

type Row = readonly [
  sentence: string,
  outage: Outage | null,
  failing: number,
  polled: number,
  kind: string,
  reason: string,
];

function check(_: string, outage: Outage | null, failing: number, polled: number, kind: string, reason: string): void {
  const view = { failing, polled, mainKind: failing === 0 ? null : ('timeout' as const) };
  expect(decideOutage(outage, view, NOW, alertSettings())).toEqual({ kind, reason });
}

describe('an outage is at least half of the polls of at least three tenants', () => {
  it.each<Row>([
    ['nobody fails', null, 0, 10, 'none', 'fleet_is_well'],
    ['fewer than half fail', null, 4, 9, 'none', 'fleet_is_well'],
    ['half fail', null, 5, 10, 'suspect', 'half_of_fleet_failing'],
    ['two of four are too few tenants', null, 2, 4, 'none', 'fleet_is_well'],
    ['three of four are enough', null, 3, 4, 'suspect', 'half_of_fleet_failing'],
    ['of two tenants both must fail', null, 1, 2, 'none', 'fleet_is_well'],
    ['both do', null, 2, 2, 'suspect', 'half_of_fleet_failing'],
    ['an only tenant fails', null, 1, 1, 'suspect', 'half_of_fleet_failing'],
    ['nobody was polled', null, 0, 0, 'none', 'too_few_polled'],
  ])('%s', check);
});

describe('our own key or secret, once refused', () => {
  const refused = { failing: 1, polled: 500, mainKind: 'invalid_client' } as const;

  it('is suspected from the first tenant on', () => {
    const step = { kind: 'suspect', reason: 'our_client_refused' };
    expect(decideOutage(null, refused, NOW, alertSettings())).toEqual(step);
  });

  it('is told when it lasts, however few have met it', () => {
    const step = { kind: 'begin', reason: 'outage_lasts' };
    expect(decideOutage(suspected('15m'), refused, NOW, alertSettings())).toEqual(step);
  });
});

describe('it is told when it lasts, and once', () => {
  it.each<Row>([
    ['it has just begun', suspected('14m59s'), 8, 10, 'wait', 'not_yet_lasting'],
    ['it has lasted OUTAGE_AFTER', suspected('15m'), 8, 10, 'begin', 'outage_lasts'],
    ['it passed before', suspected('5m'), 1, 10, 'forget', 'passed_before_it_was_told'],
    ['it passed just before it was told', suspected('20m'), 1, 10, 'forget', 'passed_before_it_was_told'],
    ['it goes on', told, 8, 10, 'wait', 'still_failing'],
    ['it is over', told, 1, 10, 'end', 'fleet_is_well'],
    ['while nobody is polled it is not over', told, 0, 0, 'wait', 'still_failing'],
    ['while nobody is polled it is not lasting either', suspected('1h'), 0, 0, 'wait', 'still_failing'],
  ])('%s', check);
});

describe('what becomes of it, and what the operator is told', () => {
  const view = { failing: 8, polled: 10, mainKind: 'server' } as const;
  const suspicion = suspected('20m');
  const began: OutageStep = { kind: 'begin', reason: 'outage_lasts' };
  const ended: OutageStep = { kind: 'end', reason: 'fleet_is_well' };
  const forgotten: OutageStep = { kind: 'forget', reason: 'passed_before_it_was_told' };

  it.each<[string, OutageStep, Outage | null, Partial<Outage> | null, object | null]>([
    [
      'a suspicion is kept, and told to nobody',
      { kind: 'suspect', reason: 'half_of_fleet_failing' },
      null,
      { id: 'new', since: NOW, confirmedAt: null, kind: 'server' },
      null,
    ],
    [
      'its begin is told, since when it seemed so',
      began,
      suspicion,
      { id: 'outage-1', confirmedAt: NOW, kind: 'server' },
      { about: 'outage_began', since: suspicion.since, failing: 8, polled: 10, kind: 'server' },
    ],
    [
      'its end is told',
      ended,
      told,
      { id: 'outage-1', endedAt: NOW },
      { about: 'outage_ended', since: told.since, endedAt: NOW, kind: 'timeout' },
    ],
    ['one that passed before is forgotten', forgotten, suspicion, null, null],
    ['while it goes on nothing changes', { kind: 'wait', reason: 'still_failing' }, told, told, null],
    ['while there is none nothing changes', { kind: 'none', reason: 'fleet_is_well' }, null, null, null],
    ['what is not there neither begins', began, null, null, null],
    ['nor ends', ended, null, null, null],
  ])('%s', (_, step, before, expected, report) => {
    const after = outageAfter(step, { before, view, now: NOW, newId: () => 'new' });
    if (expected === null) expect(after).toBeNull();
    else expect(after).toMatchObject(expected);
    expect(after === null ? null : outageReport(step, after, view)).toEqual(report);
  });

  it('is called after the failure that is most frequent now, or was, or any', () => {
    const unnamed = { ...view, mainKind: null };
    expect(outageAfter(began, { before: suspicion, view: unnamed, now: NOW, newId: () => 'new' })?.kind).toBe(
      'timeout',
    );
    const suspect: OutageStep = { kind: 'suspect', reason: 'half_of_fleet_failing' };
    expect(outageAfter(suspect, { before: null, view: unnamed, now: NOW, newId: () => 'new' })?.kind).toBe(
      'connection',
    );
  });
});
