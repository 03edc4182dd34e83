import { describe, expect, it } from '@jest/globals';
import type { Poll, PollFailureKind } from '../../../src/domain/model/poll.ts';
import type { ForbiddenPoll } from '../../../src/monitoring/polling/explain-refusal.ts';
import { type PollTenantPorts, pollTenant } from '../../../src/monitoring/polling/poll-tenant.ts';
import { anObservedConnection, NOW } from '../../support/builders.ts';
import { manualClock, settled } from '../../support/use-case-clock.ts';
import { scriptedAccess, scriptedConstantContact } from '../../support/use-case-constant-contact.ts';

describe('A failed poll', () => {
  it.each(['timeout', 'dns', 'tls', 'connection', 'forbidden', 'client', 'server', 'invalid_response'] as const)(
    'is a result and asked once: %s',
    async (kind) => {
      const { constantContact, poll } = aTenantToPoll();
      constantContact.fails('bakery', kind);

      expect(failureOf(await poll())).toBe(kind);
      expect(constantContact.requests).toHaveLength(1);
    },
  );

  it.each(['invalid_grant', 'invalid_client', 'timeout'] as const)(
    'asks nothing when there is no access token: %s',
    async (kind) => {
      const { access, constantContact, poll } = aTenantToPoll();
      access.refuses('bakery', kind);

      expect(failureOf(await poll())).toBe(kind);
      expect(constantContact.requests).toEqual([]);
    },
  );

  it('keeps what Constant Contact said of it', async () => {
    const { constantContact, poll } = aTenantToPoll();
    constantContact.fails('bakery', 'server', { requestId: 'request-1', detail: 'gateway', retryAfterMs: 120_000 });

    expect((await poll())?.result).toEqual({
      outcome: 'failed',
      failure: { kind: 'server', requestId: 'request-1', detail: 'gateway', retryAfterMs: 120_000 },
    });
  });
});

describe('A process that stops', () => {
  it('asks nothing, and makes no failed poll of it, when it would have to refresh first', async () => {
    const { access, constantContact, poll } = aTenantToPoll();
    access.stops();

    expect(await poll()).toBeNull();
    expect(constantContact.requests).toEqual([]);
  });

  it('makes no failed poll of a 401 either', async () => {
    const { access, constantContact, poll } = aTenantToPoll();
    constantContact.failsOnce('bakery', 'unauthorized');
    const release = constantContact.holds('bakery');

    const result = poll();
    await settled();
    access.stops();
    release();

    expect(await result).toBeNull();
  });

  it('makes no poll of a request that still waits for its slot', async () => {
    const { poll } = aTenantToPoll();
    const stop = new AbortController();
    const fetchConnections = async () => {
      stop.abort();
      throw stop.signal.reason;
    };

    expect(await poll({ constantContact: { fetchConnections }, signal: stop.signal })).toBeNull();
  });

  it('keeps the failure of a throttled request whose second try still waits for its slot', async () => {
    const { clock, constantContact, poll } = aTenantToPoll();
    constantContact.failsOnce('bakery', 'throttled');
    const stop = new AbortController();
    const fetchConnections = async (accessToken: string) => {
      if (constantContact.requests.length === 0) return constantContact.fetchConnections(accessToken);
      stop.abort();
      throw stop.signal.reason;
    };

    const result = poll({ constantContact: { fetchConnections }, signal: stop.signal });
    await clock.advance(1_000);

    expect(failureOf(await result)).toBe('throttled');
  });
});

describe('A request that gets no slot, because the store cannot be reached', () => {
  it('is an error of ours, and no failed poll', async () => {
    const { poll } = aTenantToPoll();
    const fetchConnections = async () => {
      throw new Error('the store cannot be reached');
    };

    await expect(poll({ constantContact: { fetchConnections } })).rejects.toThrow('the store cannot be reached');
  });
});

describe('A throttled request', () => {
  it('is made once more after a second', async () => {
    const { clock, constantContact, poll } = aTenantToPoll();
    constantContact.failsOnce('bakery', 'throttled');

    const result = poll();
    await clock.advance(999);
    expect(constantContact.requests).toHaveLength(1);
    await clock.advance(1);

    expect((await result)?.result.outcome).toBe('observed');
    expect(constantContact.requests).toHaveLength(2);
  });

  it('waits as long as Constant Contact asks for', async () => {
    const { clock, constantContact, poll } = aTenantToPoll();
    constantContact.failsOnce('bakery', 'throttled', { retryAfterMs: 7_000 });

    const result = poll();
    await clock.advance(6_999);
    expect(constantContact.requests).toHaveLength(1);
    await clock.advance(1);

    expect((await result)?.result.outcome).toBe('observed');
  });

  it('fails after the second try', async () => {
    const { clock, constantContact, poll } = aTenantToPoll();
    constantContact.fails('bakery', 'throttled');

    const result = poll();
    await clock.advance(60_000);

    expect(failureOf(await result)).toBe('throttled');
    expect(constantContact.requests).toHaveLength(2);
  });

  it('fails at once when it would have to wait for long', async () => {
    const { clock, constantContact, poll } = aTenantToPoll();
    constantContact.failsOnce('bakery', 'throttled', { retryAfterMs: 60_000 });

    expect(failureOf(await poll())).toBe('throttled');
    expect(clock.sleepers()).toBe(0);
    expect(constantContact.requests).toHaveLength(1);
  });

  it('fails at once when no request is left', async () => {
    const { clock, constantContact, poll } = aTenantToPoll({ furtherRequests: 0 });
    constantContact.failsOnce('bakery', 'throttled');

    expect(failureOf(await poll())).toBe('throttled');
    expect(clock.sleepers()).toBe(0);
  });
});

describe('A refused access token', () => {
  it('is renewed once, and the request made once more with the new one', async () => {
    const { access, constantContact, poll } = aTenantToPoll();
    constantContact.failsOnce('bakery', 'unauthorized');

    expect((await poll())?.result.outcome).toBe('observed');
    expect(access.renewed).toEqual(['bakery#0']);
    expect(constantContact.requests.map(({ accessToken }) => accessToken)).toEqual(['bakery#0', 'bakery#1']);
  });

  it('is a failure when the renewed one is refused too', async () => {
    const { access, constantContact, poll } = aTenantToPoll();
    constantContact.fails('bakery', 'unauthorized');

    expect(failureOf(await poll())).toBe('unauthorized');
    expect(access.renewed).toHaveLength(1);
    expect(constantContact.requests).toHaveLength(2);
  });

  it('is the failure of the renewal when there is no new one', async () => {
    const { access, constantContact, poll } = aTenantToPoll();
    const release = constantContact.holds('bakery');
    constantContact.failsOnce('bakery', 'unauthorized');

    const result = poll();
    await settled();
    access.refuses('bakery', 'invalid_grant');
    release();

    expect(failureOf(await result)).toBe('invalid_grant');
    expect(constantContact.requests).toHaveLength(1);
  });

  it('proves nothing about our access when no request is left for the second try', async () => {
    const { constantContact, poll } = aTenantToPoll({ furtherRequests: 0 });
    constantContact.failsOnce('bakery', 'unauthorized');

    expect(failureOf(await poll())).toBe('throttled');
    expect(constantContact.requests).toHaveLength(1);
  });

  it('may be followed by a pause, so that one poll makes three requests, each of them counted', async () => {
    const { clock, constantContact, poll, taken } = aTenantToPoll();
    constantContact.failsOnce('bakery', 'unauthorized');
    constantContact.failsOnce('bakery', 'throttled');

    const result = poll();
    await clock.advance(1_000);

    expect((await result)?.result.outcome).toBe('observed');
    // The first request is counted by the round, before the poll begins.
    expect(1 + taken()).toBe(constantContact.requests.length);
  });
});

describe('A poll', () => {
  it('is dated when its request was sent, and knows how long it took', async () => {
    const { clock, constantContact, poll } = aTenantToPoll();
    constantContact.shows('bakery', anObservedConnection({ network: 'instagram' }));
    const release = constantContact.holds('bakery');

    const result = poll();
    await clock.advance(1_234);
    release();

    expect(await result).toMatchObject({
      tenantId: 'bakery',
      at: NOW,
      durationMs: 1_234,
      result: {
        outcome: 'observed',
        connections: [anObservedConnection({ network: 'instagram' })],
        isPartial: false,
      },
    });
  });

  it('is dated when its last request was sent, after a pause that Constant Contact asked for', async () => {
    const { clock, constantContact, poll } = aTenantToPoll();
    constantContact.failsOnce('bakery', 'throttled');

    const result = poll();
    await clock.advance(1_000);

    expect(await result).toMatchObject({ at: NOW + 1_000, durationMs: 1_000, result: { outcome: 'observed' } });
  });

  it('is dated when it ended, where nothing was sent', async () => {
    const { clock, access, poll } = aTenantToPoll();
    const accessToken = async () => {
      await clock.sleep(1_000);
      return await access.accessToken('bakery');
    };
    access.refuses('bakery', 'timeout');

    const result = poll({ access: { ...access, accessToken } });
    await clock.advance(1_000);

    expect(await result).toMatchObject({ at: NOW + 1_000, result: { outcome: 'failed' } });
  });
});

function aTenantToPoll({ furtherRequests = 10 } = {}) {
  const clock = manualClock(NOW);
  const constantContact = scriptedConstantContact();
  const access = scriptedAccess();
  let taken = 0;
  const takeRequest = async () => {
    taken += 1;
    return taken <= furtherRequests;
  };
  const questions = {
    lookAtPages: async () => undefined,
    explainRefusal: async ({ failure }: ForbiddenPoll) => ({ outcome: 'failed', failure }) as const,
  };
  const poll = async (given: Partial<PollTenantPorts> = {}) => {
    const ports = { clock, constantContact, access, takeRequest, ...questions, ...given };
    const polled = await pollTenant({ id: 'bakery', grant: null, known: null }, ports);
    return polled !== null && 'read' in polled ? polled.read() : polled;
  };
  return { clock, constantContact, access, poll, taken: () => taken };
}

function failureOf(poll: Poll | null): PollFailureKind | null {
  return poll?.result.outcome === 'failed' ? poll.result.failure.kind : null;
}
