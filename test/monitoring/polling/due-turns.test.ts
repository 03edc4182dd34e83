import { describe, expect, it } from '@jest/globals';
import { CLOSED } from '../../../src/domain/polling/breaker.ts';
import { type DueTurnsPorts, dueAmong, dueTurns } from '../../../src/monitoring/polling/due-turns.ts';
import type { ClaimedTurn } from '../../../src/monitoring/ports.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { manualClock } from '../../support/use-case-clock.ts';
import { theConfigured } from '../../support/use-case-upstreams.ts';

const NOON = utc('2026-01-15 12:00');
const PAGE = 100;

type Claim = readonly [ClaimedTurn, number];

/** One process, whose store has as many tenants of each kind as are asked for, once. */
function aProcess(given: Partial<DueTurnsPorts> = {}, waiting: Partial<Record<ClaimedTurn, number>> = { due: 1_000 }) {
  const clock = manualClock(NOON);
  const { rates } = createMemoryStores({ rateNow: clock.now });
  const left = { ...waiting };
  const claims: Claim[] = [];
  const ports: DueTurnsPorts = {
    application: theConfigured({ clientId: 'key', requestsPerSecond: 4, requestsPerDay: 10_000 }),
    claims: {
      claim: async (which, limit) => {
        claims.push([which, limit]);
        const count = Math.min(limit, left[which] ?? 0);
        left[which] = (left[which] ?? 0) - count;
        return Array.from({ length: count }, (_, n) => `${which}-${n}`);
      },
      unclaimed: async (limit) => Array.from({ length: Math.min(limit, left.due ?? 0) }, (_, n) => `due-${n}`),
    },
    queue: null,
    quota: { today: async () => ({ used: 5_000, limit: 10_000, forPolls: 9_500, isExhausted: false }) },
    rates,
    clock,
    recheckAfterMs: ms('15m'),
    breaker: { read: async () => CLOSED },
    readDemand: async () => ({ askedPerDay: 5_000, stretch: 1 }),
    ...given,
  };
  const take = async (other: Partial<DueTurnsPorts> = {}) => {
    claims.length = 0;
    let taken = 0;
    for await (const page of dueTurns({ ...ports, ...other }, PAGE)) taken += page.length;
    return { taken, claims: [...claims] };
  };
  const takePage = async (page: readonly string[]) => {
    claims.length = 0;
    for await (const _ of dueAmong(page, ports));
    return [...claims];
  };
  return { clock, take, takePage };
}

/** By a process that looks each second. */
async function takenInAMinute({ clock, take }: Pick<ReturnType<typeof aProcess>, 'clock' | 'take'>): Promise<number> {
  let taken = (await take()).taken;
  for (let second = 0; second < 60; second += 1) {
    await clock.advance(ms('1s'));
    taken += (await take()).taken;
  }
  return taken;
}

const short = { readDemand: async () => ({ askedPerDay: 20_000, stretch: 2 }) };

describe('Whose turn it is', () => {
  it('is everybody’s who is due, page by page, while the day holds them all', async () => {
    const { take } = aProcess({}, { due: 250 });
    expect(await take()).toEqual({
      taken: 250,
      claims: [
        ['due', PAGE],
        ['recheck', PAGE],
        ['due', PAGE],
        ['due', PAGE],
      ],
    });
  });

  it('is first that of tenants in doubt, where more than a page is due', async () => {
    const { take } = aProcess({}, { due: 250, recheck: 7 });
    expect((await take()).taken).toBe(257);
  });

  it('is that of as many as the rest of the day holds evenly, where it does not', async () => {
    // 5,000 requests for twelve hours: one at once, and one each 8.64 s.
    expect(await takenInAMinute(aProcess(short))).toBe(8);
  });

  it('is at once that of tenants in doubt, and of new ones', async () => {
    const { take } = aProcess(short, { urgent: 3, due: 1_000 });
    await take();
    expect(await take()).toEqual({ taken: 0, claims: [['urgent', PAGE]] });
  });

  it('is that of tenants in doubt alone once much of the day is used', async () => {
    const used = { used: 8_000, limit: 10_000, forPolls: 9_500, isExhausted: false };
    const { take } = aProcess({ ...short, quota: { today: async () => used } }, { recheck: 2, due: 0 });
    expect((await take()).claims[0]).toEqual(['recheck', PAGE]);
  });

  it('comes once for all processes', async () => {
    const { take } = aProcess(short);
    const taken = await Promise.all([take(), take(), take()]);
    expect(taken.reduce((sum, one) => sum + one.taken, 0)).toBe(1);
  });
});

describe('More than a page that is due', () => {
  const offering = (isTaken: boolean) => {
    const offered: (readonly string[])[] = [];
    const queue: NonNullable<DueTurnsPorts['queue']> = {
      offer: async (_kind, pages) => {
        offered.push(...pages);
        return isTaken;
      },
    };
    return { offered, queue };
  };

  it('is offered to whoever is free, page by page, and left to the queue where it takes them', async () => {
    const { offered, queue } = offering(true);
    const { take } = aProcess({ queue }, { due: 350 });
    expect(await take()).toEqual({
      taken: 100,
      claims: [
        ['due', 100],
        ['recheck', 100],
      ],
    });
    expect(offered.map((page) => page.length)).toEqual([100, 100, 50]);
  });

  it('is claimed here where the queue does not take it', async () => {
    const { take } = aProcess({ queue: offering(false).queue }, { due: 250 });
    expect((await take()).taken).toBe(250);
  });

  it('is offered to nobody where tenants wait for their turns', async () => {
    const { offered, queue } = offering(true);
    await takenInAMinute(aProcess({ ...short, queue }));
    expect(offered).toEqual([]);
  });
});

describe('A page of due tenants', () => {
  const silent = { breaker: { read: async () => ({ ...CLOSED, openSince: NOON - ms('1h') }) } };

  it('is claimed while the day holds all, and waits for the next look otherwise', async () => {
    const page = ['a', 'b'];
    expect(await aProcess().takePage(page)).toEqual([['due', 2]]);
    expect(await aProcess(short).takePage(page)).toEqual([]);
    expect(await aProcess(silent).takePage(page)).toEqual([]);
  });
});

describe('While Constant Contact does not answer', () => {
  const silent = { breaker: { read: async () => ({ ...CLOSED, openSince: NOON }) } };

  it('one of all processes asks for one tenant each half minute', async () => {
    const { clock, take } = aProcess(silent, { next: 100, due: 1_000 });
    const first = await Promise.all([take(), take()]);
    expect(first.reduce((sum, one) => sum + one.taken, 0)).toBe(1);
    expect(await takenInAMinute({ clock, take })).toBe(2);
    await clock.advance(ms('30s'));
    expect(await take()).toEqual({ taken: 1, claims: [['next', 1]] });
  });

  it('nobody asks by a key that has no requests left', async () => {
    const used = { used: 10_000, limit: 10_000, forPolls: 9_500, isExhausted: false };
    const { take } = aProcess({ ...silent, quota: { today: async () => used } }, { next: 100 });
    expect((await take()).taken).toBe(0);
  });

  it('and for ten minutes after, what was missed is asked at half the key’s rate', async () => {
    const { clock, take } = aProcess({ breaker: { read: async () => ({ ...CLOSED, closedAt: NOON }) } });
    // Two a second, and those of two seconds that nobody was there to take.
    expect(await takenInAMinute({ clock, take })).toBe(125);
  });
});
