import { describe, expect, it } from '@jest/globals';
import { PAGES_SPEAK_FOR_MS } from '../../../src/domain/detection/page-reading.ts';
import type { Connection } from '../../../src/domain/model/connection.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { hasRoomForLook, isPageLookWanted, pageLookDue } from '../../../src/domain/polling/page-look.ts';
import { aConnection, aHold, anIncident, aSnapshot, NOW } from '../../support/builders.ts';

describe('the second witness', () => {
  it('is asked once a day, a poll that comes a moment early included', () => {
    const askedAt = (ago: number) => pageLookDue({ pagesAskedAt: NOW - ago, pagesWanted: false }, NOW);
    expect(askedAt(DAY_MS - 5_000)).toBe('daily');
    expect(askedAt(23.5 * HOUR_MS)).toBe('daily');
    expect(askedAt(23.5 * HOUR_MS - 1)).toBeNull();
    expect(pageLookDue({ pagesAskedAt: null, pagesWanted: false }, NOW)).toBe('daily');
  });

  it('is asked at once in a doubt that it would settle', () => {
    expect(pageLookDue({ pagesAskedAt: NOW, pagesWanted: true }, NOW)).toBe('doubt');
  });
});

describe('a look', () => {
  const noon = Date.UTC(2026, 0, 15, 12);
  const day = { used: 500, limit: 1000, forPolls: 900, isExhausted: false };
  const spending = (askedPerDay: number, stretch = 1) => ({ demand: { askedPerDay, stretch }, now: noon });

  it.each([
    [798, true],
    [800, false],
  ])('leaves the polls that are planned until midnight their requests: %d a day planned', (asked, has) => {
    expect(hasRoomForLook('daily', day, spending(asked))).toBe(has);
  });

  it.each([
    [949, true],
    [950, false],
  ])('in a doubt goes before them, and leaves half of the reserve to the polls: %d used', (used, has) => {
    expect(hasRoomForLook('doubt', { ...day, used }, spending(900))).toBe(has);
  });

  it('counts the planned polls by their stretched intervals', () => {
    expect(hasRoomForLook('daily', day, spending(1590, 2))).toBe(true);
    expect(hasRoomForLook('daily', day, spending(1590, 1))).toBe(false);
  });

  it('has room without a limit, and none once Constant Contact says that the day is used up', () => {
    expect(hasRoomForLook('daily', { ...day, limit: null, forPolls: null }, spending(9_999))).toBe(true);
    expect(hasRoomForLook('doubt', { ...day, limit: null, forPolls: null, isExhausted: true }, spending(0))).toBe(
      false,
    );
  });
});

type Known = Readonly<{ incident?: Partial<Incident>; connection?: Partial<Connection>; askedAt?: number | null }>;

function isWanted({ incident, connection, askedAt = NOW - HOUR_MS }: Known): boolean {
  return isPageLookWanted({
    connections: [aConnection(connection)],
    incidents: incident === undefined ? [] : [anIncident(incident)],
    holds: [aHold({ id: 'fleet', sample: ['tenant-in-sample'] })],
    pagesAskedAt: askedAt,
    at: NOW,
  });
}

const suspected = { state: 'suspected', action: 'reconnect', openedAt: NOW - 60_000 } as const;
const certain = { ...suspected, state: 'open' } as const;
const lost = { named: ['Catering'], more: 0, seenAt: NOW - HOUR_MS, isCause: true };

describe('the next poll asks about pages', () => {
  it('of one of many accounts', () => {
    const connections = [aConnection({ id: 'well' }), aConnection({ id: 'other', unreachablePages: lost })];
    expect(isPageLookWanted({ connections, incidents: [], holds: [], pagesAskedAt: NOW, at: NOW })).toBe(true);
  });

  it.each<[string, Known, boolean]>([
    ['when nothing is in doubt', {}, false],
    ['of a suspect', { incident: suspected }, true],
    ['of a suspect that began with a look', { incident: suspected, askedAt: suspected.openedAt }, true],
    ['of a suspect whose profile is to be chosen', { incident: { ...suspected, action: 'choose_profile' } }, true],
    ['of a suspect before the first look ever', { incident: suspected, askedAt: null }, true],
    ['of a suspect a second time', { incident: suspected, askedAt: NOW }, false],
    ['of a suspect that is only rate limited', { incident: { ...suspected, action: 'wait' } }, false],
    ['of our access', { incident: { ...suspected, action: 'reauthorize', connectionId: null } }, false],
    ['of what is certain', { incident: { ...suspected, state: 'open' } }, false],
    ['of one of thousands that a hold is about', { incident: { ...suspected, ...heldBy('fleet') } }, false],
    ['of a lost page, until it is back', { connection: { unreachablePages: lost } }, true],
    [
      'of a lost page of which nothing was heard for two days',
      { connection: { unreachablePages: { ...lost, seenAt: NOW - PAGES_SPEAK_FOR_MS - 1 } } },
      false,
    ],
    [
      'of a lost page of which something was heard two days ago',
      { connection: { unreachablePages: { ...lost, seenAt: NOW - PAGES_SPEAK_FOR_MS } } },
      true,
    ],
    [
      'of a lost page that a hold of thousands is about',
      { incident: { ...certain, ...heldBy('fleet') }, connection: { unreachablePages: lost } },
      false,
    ],
    [
      'of a lost page where a hold is about another account',
      { incident: { ...certain, ...heldBy('fleet'), connectionId: 'another' }, connection: { unreachablePages: lost } },
      true,
    ],
    ['of a lost page that is told alone', { incident: certain, connection: { unreachablePages: lost } }, true],
    [
      'of the pages of a token that nobody has seen yet',
      { connection: { unreachablePages: { ...lost, isCause: false }, period: null } },
      false,
    ],
    ['of a page of a removed account', { connection: { unreachablePages: lost, removedAt: NOW } }, false],
    [
      'of the pages of a token that is dead still',
      {
        connection: {
          unreachablePages: { ...lost, isCause: false },
          period: aSnapshot({ health: 'broken', conditions: ['token_invalid'] }),
        },
      },
      false,
    ],
    [
      'of the pages of a token that works again',
      { connection: { unreachablePages: { ...lost, isCause: false }, period: aSnapshot() } },
      true,
    ],
  ])('%s', (_, known, expected) => {
    expect(isWanted(known)).toBe(expected);
  });
});

function heldBy(id: string): Pick<Incident, 'alerting'> {
  return { alerting: { ...anIncident().alerting, heldBy: id } };
}
