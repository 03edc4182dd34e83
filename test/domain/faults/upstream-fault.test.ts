import { describe, expect, it } from '@jest/globals';
import { type FaultChange, faultAfter } from '../../../src/domain/faults/fault-step.ts';
import {
  applicationCause,
  applicationViewOf,
  decideUpstream,
  type FleetView,
  fleetViewOf,
  isRecoveryProven,
  upstreamCause,
  upstreamReport,
} from '../../../src/domain/faults/upstream-fault.ts';
import { type Fault, suspectFault } from '../../../src/domain/model/fault.ts';
import type { PollFailureKind } from '../../../src/domain/model/poll.ts';
import { aFault, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const context = { ...alertSettings(), now: NOW };
const suspected = (since: string) => aFault({ since: NOW - ms(since) });
const told = aFault({ since: NOW - ms('1h'), confirmedAt: NOW - ms('45m') });

type Row = readonly [
  sentence: string,
  outage: Fault | null,
  failing: number,
  polled: number,
  kind: string,
  reason: string,
];

function check(_: string, outage: Fault | null, failing: number, polled: number, kind: string, reason: string): void {
  const view = { failing, polled, mainKind: failing === 0 ? null : ('timeout' as const) };
  expect(decideUpstream(outage, view, context)).toEqual({ kind, reason });
}

describe('An outage is at least half of the polls of at least three tenants', () => {
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

describe('Our own key or secret, once refused', () => {
  const refused = { failing: 1, polled: 500, mainKind: 'invalid_client' } as const;

  it('is suspected from the first tenant on', () => {
    const step = { kind: 'suspect', reason: 'our_client_refused' };
    expect(decideUpstream(null, refused, context)).toEqual(step);
  });

  it('is told when it lasts, however few have met it', () => {
    const step = { kind: 'begin', reason: 'outage_lasts' };
    expect(decideUpstream(suspected('15m'), refused, context)).toEqual(step);
  });
});

describe('An outage is told when it lasts, and once', () => {
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

describe('After a step of an outage', () => {
  const view = { failing: 8, polled: 10, mainKind: 'server' } as const;
  const server = { kind: 'upstream', failure: 'server' } as const;
  const suspicion = suspected('20m');
  const began: FaultChange = { kind: 'begin', reason: 'outage_lasts' };
  const ended: FaultChange = { kind: 'end', reason: 'fleet_is_well' };
  const forgotten: FaultChange = { kind: 'forget', reason: 'passed_before_it_was_told' };

  it.each<[string, FaultChange, Fault, Partial<Fault> | null, object | null]>([
    [
      'a suspicion is kept, and told to nobody',
      { kind: 'suspect', reason: 'half_of_fleet_failing' },
      suspectFault({ id: 'new', cause: server, since: NOW }),
      { id: 'new', since: NOW, confirmedAt: null, cause: server },
      null,
    ],
    [
      'its begin is told, since when it seemed so',
      began,
      suspicion,
      { id: 'fault-1', confirmedAt: NOW, cause: server },
      { about: 'outage_began', since: suspicion.since, failing: 8, polled: 10, kind: 'server' },
    ],
    [
      'its end is told',
      ended,
      told,
      { id: 'fault-1', endedAt: NOW },
      { about: 'outage_ended', since: told.since, endedAt: NOW, kind: 'timeout' },
    ],
    ['one that passed before is forgotten', forgotten, suspicion, null, null],
  ])('%s', (_, step, before, expected, report) => {
    const after = faultAfter(step, before, { cause: upstreamCause(view, before), now: NOW });
    if (expected === null) expect(after).toBeNull();
    else expect(after).toMatchObject(expected);
    expect(after === null ? null : upstreamReport(step, after, view)).toEqual(report);
  });

  it.each<[string, FleetView['mainKind'], Fault | null, PollFailureKind]>([
    ['is most frequent now', 'server', suspicion, 'server'],
    ['was most frequent, when none is now', null, suspicion, 'timeout'],
    ['is any, when none is known', null, null, 'connection'],
  ])('a fault is named after the failure that %s', (_, mainKind, current, failure) => {
    expect(upstreamCause({ ...view, mainKind }, current)).toEqual({ kind: 'upstream', failure });
  });
});

describe('The view of the fleet', () => {
  type Groups = Parameters<typeof fleetViewOf>[0];
  it.each<[string, Groups, FleetView]>([
    ['is of no tenant when none was polled', [], { polled: 0, failing: 0, mainKind: null }],
    [
      'counts lost access as polled, not as failing',
      [
        { applicationId: null, kind: 'forbidden', tenants: 2 },
        { applicationId: null, kind: null, tenants: 1 },
      ],
      { polled: 3, failing: 0, mainKind: null },
    ],
    [
      'names the most frequent failure',
      [
        { applicationId: null, kind: 'timeout', tenants: 1 },
        { applicationId: null, kind: 'server', tenants: 2 },
      ],
      { polled: 3, failing: 3, mainKind: 'server' },
    ],
    [
      'names of two as frequent the first by name',
      [
        { applicationId: null, kind: 'timeout', tenants: 1 },
        { applicationId: null, kind: 'dns', tenants: 1 },
      ],
      { polled: 2, failing: 2, mainKind: 'dns' },
    ],
    [
      'counts what one key alone is refused for as no failure of Constant Contact',
      [
        { applicationId: null, kind: 'timeout', tenants: 1 },
        { applicationId: null, kind: 'invalid_client', tenants: 5 },
        { applicationId: null, kind: 'quota_exceeded', tenants: 4 },
      ],
      { polled: 10, failing: 1, mainKind: 'timeout' },
    ],
    [
      'counts what a key is slowed down for only where there is no other key',
      [
        { applicationId: null, kind: 'throttled', tenants: 5 },
        { applicationId: 'application-2', kind: null, tenants: 5 },
      ],
      { polled: 10, failing: 0, mainKind: null },
    ],
    [
      'counts it where it is the only key',
      [{ applicationId: null, kind: 'throttled', tenants: 5 }],
      { polled: 5, failing: 5, mainKind: 'throttled' },
    ],
  ])('%s', (_, groups, expected) => {
    expect(fleetViewOf(groups)).toEqual(expected);
  });
});

describe('The view of an application', () => {
  const groups = [
    { applicationId: null, kind: 'invalid_client', tenants: 1 },
    { applicationId: null, kind: 'server', tenants: 9 },
    { applicationId: 'application-2', kind: 'throttled', tenants: 6 },
    { applicationId: 'application-2', kind: null, tenants: 4 },
  ] as const;

  it('names our own refused client, and leaves to the fleet what is Constant Contact’s', () => {
    expect(applicationViewOf(groups, null)).toEqual({ polled: 10, failing: 1, mainKind: 'invalid_client' });
  });

  it('names a refused client before what more tenants meet', () => {
    const own = [
      { applicationId: null, kind: 'throttled', tenants: 6 },
      { applicationId: null, kind: 'invalid_client', tenants: 1 },
      { applicationId: null, kind: 'throttled', tenants: 3 },
      { applicationId: 'application-2', kind: null, tenants: 4 },
    ] as const;
    const deactivated = [
      { applicationId: null, kind: 'application_deactivated', tenants: 9 },
      { applicationId: null, kind: 'invalid_client', tenants: 1 },
    ] as const;
    for (const groups of [own, own.toReversed(), deactivated, deactivated.toReversed()]) {
      expect(applicationViewOf(groups, null)).toEqual({ polled: 10, failing: 10, mainKind: 'invalid_client' });
    }
  });

  it('names a key that is slowed down while others are not', () => {
    expect(applicationViewOf(groups, 'application-2')).toEqual({ polled: 10, failing: 6, mainKind: 'throttled' });
    expect(applicationViewOf(groups.slice(2), 'application-2')).toEqual({ polled: 10, failing: 0, mainKind: null });
  });

  it('is of no tenant of another one', () => {
    expect(applicationViewOf(groups, 'application-3')).toEqual({ polled: 0, failing: 0, mainKind: null });
  });
});

describe('While the breaker is open', () => {
  it('an outage is suspected however few are asked, and lasts until an answer comes', () => {
    const view = { polled: 100, failing: 3, mainKind: 'server' } as const;
    const silent = { ...context, breakerOpenSince: NOW - 60_000 };
    expect(decideUpstream(null, view, silent)).toEqual({ kind: 'suspect', reason: 'no_answer' });
    expect(decideUpstream(told, view, silent)).toEqual({ kind: 'wait', reason: 'still_failing' });
    expect(decideUpstream(told, view, context)).toEqual({ kind: 'end', reason: 'fleet_is_well' });
  });
});

describe('An answer after silence is more than chance', () => {
  it.each([
    ['once ten tenants were asked', 10, 100, true],
    ['not while nine were', 9, 100, false],
    ['once all of four were', 4, 4, true],
    ['not while three of four were', 3, 4, false],
  ])('%s', (_, since, fleet, expected) => {
    expect(isRecoveryProven({ polled: since }, { polled: fleet })).toBe(expected);
  });
});

it('of a mail server’s fault, and of one that is suspected, the report of outages says nothing', () => {
  const view = { failing: 1, polled: 10, mainKind: 'server' } as const;
  const ofMail = aFault({ cause: { kind: 'mail', response: '535' }, endedAt: NOW });
  expect(upstreamReport({ kind: 'end', reason: 'fleet_is_well' }, ofMail, view)).toBeNull();
  const ended = aFault({ endedAt: NOW });
  expect(upstreamReport({ kind: 'wait', reason: 'still_failing' }, ended, view)).toBeNull();
  expect(upstreamReport({ kind: 'end', reason: 'fleet_is_well' }, aFault({ endedAt: null }), view)).toBeNull();
});

describe('The report of an outage of one application', () => {
  const cause = { kind: 'application', failure: 'invalid_client', applicationId: 'application-2' } as const;
  const view = { failing: 1, polled: 10, mainKind: 'invalid_client' } as const;

  it('names it, where there are several', () => {
    const fault = aFault({ cause, since: NOW, confirmedAt: NOW });
    const began = { about: 'outage_began', since: NOW, failing: 1, polled: 10, kind: 'invalid_client' };
    expect(upstreamReport({ kind: 'begin', reason: 'outage_lasts' }, fault, view, 'brand')).toEqual({
      ...began,
      application: 'brand',
    });
    expect(upstreamReport({ kind: 'begin', reason: 'outage_lasts' }, fault, view)).toEqual(began);
  });

  it('keeps the failure that it was named after while none is most frequent', () => {
    const fault = aFault({ cause });
    expect(applicationCause({ ...view, mainKind: null }, fault, 'application-2')).toEqual(cause);
  });
});
