import { describe, expect, it } from '@jest/globals';
import { observeConnections } from '../../../src/domain/detection/observation.ts';
import type { Verdict } from '../../../src/domain/model/verdict.ts';
import { aConnection, anObservedConnection, NOW } from '../../support/builders.ts';
import { broken, limited, profileless, type Showing, tokenless, unanswered } from '../../support/domain-happenings.ts';
import { type Look, observe, seen } from '../../support/domain-looks.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const well = [seen()];
const bad = [seen(broken)];

type Row = readonly [string, readonly Look[], Readonly<{ periods: readonly string[]; changes: readonly string[] }>];

describe('a status is stored once, for as long as it shows', () => {
  it.each<Row>([
    ['a new connection begins a period', [['0s', well]], { periods: ['0s-0s healthy x1'], changes: ['0s first_seen'] }],
    [
      'an unchanged poll extends it',
      [
        ['0s', well],
        ['1h', well],
        ['2h', well],
      ],
      { periods: ['0s-2h healthy x3'], changes: ['0s first_seen'] },
    ],
    [
      'a change ends it and begins the next',
      [
        ['0s', well],
        ['1h', bad],
        ['2h', bad],
      ],
      { periods: ['0s-0s healthy x1', '1h-2h broken x2'], changes: ['0s first_seen', '1h broke'] },
    ],
    [
      'errors that differ by a request id are one period',
      [
        ['0s', [seen({ error: 'boom (request 1f)' })]],
        ['1h', [seen({ error: 'boom (request 2e)' })]],
      ],
      { periods: ['0s-1h waiting x2'], changes: ['0s first_seen'] },
    ],
    [
      'another status with the same conditions begins a period, but is no change',
      [
        ['0s', bad],
        ['1h', [seen({ ...broken, networkStatus: 400 })]],
      ],
      { periods: ['0s-0s broken x1', '1h-1h broken x1'], changes: ['0s first_seen'] },
    ],
    [
      'an account that is listed twice is one connection',
      [
        ['0s', [seen(), seen()]],
        ['1h', [seen(), seen()]],
      ],
      { periods: ['0s-1h healthy x2'], changes: ['0s first_seen'] },
    ],
  ])('%s', (_, looks, expected) => {
    expect(observe(...looks)).toMatchObject(expected);
  });
});

describe('an account that is listed twice is as its worse entry says, in whichever order', () => {
  it.each<readonly [string, Showing, Showing, string]>([
    ['broken before healthy', {}, broken, 'reconnect'],
    ['broken before limited', limited, broken, 'reconnect'],
    ['limited before healthy', {}, limited, 'wait'],
    ['a missing token before a missing profile', profileless, tokenless, 'reconnect'],
    ['a missing profile before a limit', limited, profileless, 'choose_profile'],
    ['a failed check before nothing wrong', {}, unanswered, 'none'],
    ['nothing known before healthy', {}, { hasToken: null, tokenIsValid: null }, 'none'],
  ])('%s', (_, better, worse, action) => {
    const [listed, reversed] = [
      [seen(better), seen(worse)],
      [seen(worse), seen(better)],
    ];
    const alone = observe(['0s', [seen(worse)]]);
    for (const twice of [listed, reversed]) {
      expect(observe(['0s', twice])).toMatchObject({ periods: alone.periods, verdicts: alone.verdicts });
    }
    expect(observe(['0s', listed], ['1h', reversed]).periods).toHaveLength(1);
    expect(alone.verdicts).toMatchObject([action === 'none' ? { kind: 'neutral' } : { kind: 'bad', action }]);
  });

  it('by its causes where health and action are alike, whichever is named first among conditions', () => {
    const [one, other] = [seen(tokenless), seen({ ...broken, networkStatus: 400 })];
    const alone = observe(['0s', [one]]);
    for (const listed of [
      [one, other],
      [other, one],
    ]) {
      expect(observe(['0s', listed]).connections[0]?.period?.conditions).toEqual(
        alone.connections[0]?.period?.conditions,
      );
    }
  });

  it('and the first where nothing but the name differs', () => {
    const listed = [1, 2].map((n) => ({ ...seen(broken), displayName: `name ${n}` }));
    expect(observe(['0s', listed]).connections).toMatchObject([{ displayName: 'name 1' }]);
  });

  it('and always the same one when both are equally bad', () => {
    const refused = { ...broken, networkStatus: 400 };
    const [one, other] = [seen({ ...refused, error: 'expired' }), seen({ ...refused, error: 'revoked' })];
    expect(observe(['0s', [one, other]], ['1h', [other, one]]).periods).toEqual(['0s-1h broken x2']);
  });
});

describe('an identity', () => {
  const facebook = seen({ network: 'facebook' });

  it.each(['Facebook', 'FACEBOOK', ' facebook '])('compares without case: %j is the same account', (network) => {
    const { periods, changes, connections } = observe(
      ['0s', [facebook]],
      ['1h', [seen({ network })]],
      ['2h', [facebook]],
    );
    expect({ periods, changes }).toEqual({ periods: ['0s-2h healthy x3'], changes: ['0s first_seen'] });
    expect(connections).toHaveLength(1);
  });

  it.each([
    ['Facebook', 'facebook'],
    ['facebook', 'Facebook'],
  ])('that an earlier version stored twice goes on with the row that is not removed: %s, %s', (removed, live) => {
    const known = [
      aConnection({ id: 'removed', network: removed, removedAt: NOW - 1, absentPolls: 2 }),
      aConnection({ id: 'live', network: live }),
    ];
    for (const rows of [known, known.toReversed()]) {
      const observations = observeConnections(rows, [anObservedConnection()], {
        ...alertSettings(),
        tenantId: 'tenant-1',
        at: NOW + 1,
        isBaseline: false,
        isPartial: false,
        speaksForMs: ms('2h'),
        pages: [],
        newId: countedIds(),
      });
      expect(observations).toMatchObject([{ connection: { id: 'live', removedAt: null }, verdict: { kind: 'good' } }]);
    }
  });

  it('in two spellings within one answer is one account', () => {
    expect(observe(['0s', [facebook, seen({ ...broken, network: 'Facebook' })]]).periods).toEqual(['0s-0s broken x1']);
  });

  it('of an account id with a colon is not taken for that of another network', () => {
    const listed = [seen({ network: 'a', accountId: 'b:c' }), seen({ network: 'a:b', accountId: 'c' })];
    expect(observe(['0s', listed]).connections).toHaveLength(2);
  });
});

describe('a lost page that one look cannot show is not repaired by polls without a look', () => {
  const lost = { unreachable: { named: ['Catering'], more: 0 }, accessible: 1 };
  it.each<readonly [string, Showing, readonly Verdict['kind'][]]>([
    ['after a check that failed', { networkStatus: 504 }, ['bad', 'bad', 'neutral', 'neutral', 'neutral']],
    ['after a rate limit', limited, ['bad', 'bad', 'bad', 'neutral', 'neutral']],
    [
      'after a poll that says nothing of the token',
      { tokenIsValid: null },
      ['bad', 'bad', 'neutral', 'neutral', 'neutral'],
    ],
    ['but may be by a token that was dead meanwhile', broken, ['bad', 'bad', 'bad', 'good', 'good']],
  ])('%s', (_, hiccup, expected) => {
    const looks: readonly Look[] = [
      ['0s', well, lost],
      ['1h', well, lost],
      ['2h', [seen(hiccup)], lost],
      ['3h', well],
      ['4h', well],
    ];
    const verdicts = looks.map((_look, index) => observe(...looks.slice(0, index + 1)).verdicts[0]?.kind);
    expect(verdicts).toEqual(expected);
  });
});

describe('a poll speaks for twice the interval', () => {
  it.each<Row>([
    [
      'the period goes on when the next poll is just in time',
      [
        ['0s', well],
        ['2h', well],
      ],
      { periods: ['0s-2h healthy x2'], changes: ['0s first_seen'] },
    ],
    [
      'after a longer gap another begins, even when nothing changed',
      [
        ['0s', well],
        ['2h1s', well],
      ],
      { periods: ['0s-0s healthy x1', '2h1s-2h1s healthy x1'], changes: ['0s first_seen'] },
    ],
    [
      'a partial answer without the connection does not extend it',
      [
        ['0s', well],
        ['1h30m', [], 'partial'],
        ['3h', well],
      ],
      { periods: ['0s-0s healthy x1', '3h-3h healthy x1'], changes: ['0s first_seen'] },
    ],
  ])('%s', (_, looks, expected) => {
    expect(observe(...looks)).toMatchObject(expected);
  });
});

describe('a connection is removed when two good polls in a row do not list it', () => {
  const gone: readonly never[] = [];
  it.each<Row>([
    [
      'not after the first',
      [
        ['0s', well],
        ['1h', gone],
      ],
      { periods: ['0s-0s healthy x1'], changes: ['0s first_seen'] },
    ],
    [
      'not when it is back at the second, as if nothing had been',
      [
        ['0s', well],
        ['1h', gone],
        ['2h', well],
        ['3h', gone],
      ],
      { periods: ['0s-2h healthy x2'], changes: ['0s first_seen'] },
    ],
    [
      'after the second, and the removed period goes on',
      [
        ['0s', well],
        ['1h', gone],
        ['2h', gone],
        ['3h', gone],
      ],
      { periods: ['0s-0s healthy x1', '2h-3h removed x2'], changes: ['0s first_seen', '2h removed'] },
    ],
    [
      'a partial answer removes nobody',
      [
        ['0s', well],
        ['1h', gone, 'partial'],
        ['2h', gone, 'partial'],
      ],
      { periods: ['0s-0s healthy x1'], changes: ['0s first_seen'] },
    ],
    [
      'a partial answer between two that miss it is not a good poll',
      [
        ['0s', well],
        ['30m', gone],
        ['1h', gone, 'partial'],
        ['1h30m', gone],
      ],
      { periods: ['0s-0s healthy x1', '1h30m-1h30m removed x1'], changes: ['0s first_seen', '1h30m removed'] },
    ],
    [
      'it may return',
      [
        ['0s', well],
        ['1h', gone],
        ['2h', gone],
        ['3h', bad],
      ],
      {
        periods: ['0s-0s healthy x1', '2h-2h removed x1', '3h-3h broken x1'],
        changes: ['0s first_seen', '2h removed', '3h returned'],
      },
    ],
  ])('%s', (_, looks, expected) => {
    expect(observe(...looks)).toMatchObject(expected);
  });

  it('the time of its removal stays, and is forgotten when it returns', () => {
    const removed: readonly Look[] = [
      ['0s', well],
      ['1h', gone],
      ['2h', gone],
      ['9h', gone],
    ];
    const period = { health: 'removed', conditions: ['removed'] };
    expect(observe(...removed).connections).toMatchObject([{ removedAt: NOW + ms('2h'), absentPolls: 2, period }]);
    expect(observe(...removed, ['10h', well]).connections).toMatchObject([{ removedAt: null, absentPolls: 0 }]);
  });

  it('an empty list removes every connection, each by itself', () => {
    const two = [seen(), anObservedConnection({ network: 'instagram' })];
    const { verdicts } = observe(['0s', two], ['1h', gone], ['2h', gone]);
    expect(verdicts).toEqual([{ kind: 'removed' }, { kind: 'removed' }]);
  });

  it('in a partial answer what is listed counts', () => {
    expect(observe(['0s', well], ['1h', bad, 'partial']).changes).toEqual(['0s first_seen', '1h broke']);
  });
});

describe('what is remembered of a connection', () => {
  it('is whether the very first poll found it', () => {
    const late = anObservedConnection({ network: 'instagram' });
    const { connections } = observe(['0s', well], ['1h', [seen(), late]]);
    expect(connections.map(({ foundAtBaseline }) => foundAtBaseline)).toEqual([true, false]);
    expect(connections.map(({ transitions }) => transitions)).toEqual([[], []]);
  });

  it('is the latest name, and the one before while none is given', () => {
    const named = (displayName: string | null) => [anObservedConnection({ displayName })];
    const { connections } = observe(['0s', named('Bakery')], ['1h', named('New Bakery')], ['2h', named(null)]);
    expect(connections).toMatchObject([{ displayName: 'New Bakery' }]);
    const called = (username: string | null) => [anObservedConnection({ username })];
    const calls = observe(['0s', called('bakery')], ['1h', called('new.bakery')], ['2h', called(null)]);
    expect(calls.connections).toMatchObject([{ username: 'new.bakery' }]);
  });
});

describe('what a poll says about a connection in trouble', () => {
  const byPolls = { by: 'polls' };
  it.each<[string, Showing, object]>([
    ['good when it is healthy', {}, { kind: 'good' }],
    ['bad when somebody must reconnect', tokenless, { kind: 'bad', action: 'reconnect', proof: byPolls }],
    ['bad when somebody must choose a profile', profileless, { kind: 'bad', action: 'choose_profile', proof: byPolls }],
    [
      'bad by its duration when it is limited',
      limited,
      { kind: 'bad', action: 'wait', proof: { by: 'duration', forMs: 0, atLeastMs: ms('2h') } },
    ],
    ['neutral when the network did not answer', unanswered, { kind: 'neutral' }],
    ['neutral when nothing is known', { hasToken: null }, { kind: 'neutral' }],
  ])('%s', (_, showing, verdict) => {
    expect(observe(['0s', [seen(showing)]]).verdicts).toMatchObject([verdict]);
  });

  it('bad with one more poll to prove it when its pages can be reached although its token is called invalid', () => {
    const accessible = { unreachable: { named: [], more: 0 }, accessible: 1 };
    expect(observe(['0s', bad, accessible]).verdicts).toMatchObject([{ proof: { by: 'disputed_polls' } }]);
    expect(observe(['0s', [seen(tokenless)], accessible]).verdicts).toMatchObject([{ proof: byPolls }]);
    expect(observe(['0s', bad]).verdicts).toMatchObject([{ proof: byPolls }]);
  });

  it('neutral when it is absent once, removed when it is absent twice', () => {
    expect(observe(['0s', bad], ['1h', []]).verdicts).toEqual([{ kind: 'neutral' }]);
    expect(observe(['0s', bad], ['1h', []], ['2h', []]).verdicts).toEqual([{ kind: 'removed' }]);
  });

  it('nothing when a partial answer lacks it', () => {
    expect(observe(['0s', bad], ['1h', [], 'partial']).verdicts).toEqual([]);
  });
});

describe('a rate limit lasts', () => {
  const limit = [seen(limited)];
  const unknown = [seen({ hasToken: null, rateLimited: null })];
  const forMs = (...looks: readonly Look[]) => observe(...looks).verdicts.map(durationOf);

  it.each<[string, readonly Look[], string]>([
    [
      'from the first poll that showed it',
      [
        ['0s', limit],
        ['1h', limit],
        ['2h', limit],
      ],
      '2h',
    ],
    [
      'through a poll that does not know',
      [
        ['0s', limit],
        ['1h', unknown],
        ['2h', limit],
      ],
      '2h',
    ],
    [
      'not through a poll that denies it',
      [
        ['0s', limit],
        ['1h', well],
        ['2h', limit],
      ],
      '0s',
    ],
    [
      'not through time that nobody observed',
      [
        ['0s', limit],
        ['2h1s', limit],
        ['3h1s', limit],
      ],
      '1h',
    ],
    [
      'not through a poll that did not list it',
      [
        ['0s', limit],
        ['1h', []],
        ['2h', limit],
      ],
      '0s',
    ],
  ])('%s', (_, looks, expected) => {
    expect(forMs(...looks)).toEqual([ms(expected)]);
  });

  it('an invalid token beside it is believed once it lasted RATE_LIMIT_AFTER', () => {
    const both = [seen({ ...limited, ...broken })];
    const { verdicts, changes } = observe(['0s', both], ['1h', both], ['2h', both]);
    expect(verdicts).toMatchObject([
      { kind: 'bad', action: 'reconnect', conditions: ['token_invalid', 'rate_limited'] },
    ]);
    expect(changes).toEqual(['0s first_seen', '2h broke']);
  });
});

describe('a token that only failed checks call invalid', () => {
  const check = [seen(unanswered)];
  const hourly = (hours: number, except: Readonly<Record<number, Look[1]>> = {}): readonly Look[] =>
    Array.from({ length: hours + 1 }, (_, hour) => [`${hour}h`, except[hour] ?? check]);

  it.each<[string, readonly Look[], Verdict['kind']]>([
    ['is not believed within CHECK_FAILED_AFTER', hourly(23), 'neutral'],
    ['is believed after it', hourly(24), 'bad'],
    ['starts anew after one poll that was answered', hourly(24, { 12: well }), 'neutral'],
    [
      'starts anew after one poll with another token state',
      hourly(24, { 12: [seen({ networkStatus: 503 })] }),
      'neutral',
    ],
    ['starts anew after one poll that did not list it', hourly(24, { 12: [] }), 'neutral'],
    [
      'starts anew after time that nobody observed',
      hourly(24).filter(([when]) => !['11h', '12h'].includes(when)),
      'neutral',
    ],
  ])('%s', (_, looks, kind) => {
    expect(observe(...looks).verdicts).toMatchObject([{ kind }]);
  });
});

function durationOf(verdict: Verdict): number | null {
  return verdict.kind === 'bad' && verdict.proof.by === 'duration' ? verdict.proof.forMs : null;
}
