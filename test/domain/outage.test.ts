import { describe, expect, it } from '@jest/globals';
import { decideOutage, type Outage } from '../../src/domain/outage.ts';
import { anOutage, NOW } from '../support/builders.ts';
import { alertSettings } from '../support/domain-settings.ts';
import { ms } from '../support/domain-time.ts';

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
