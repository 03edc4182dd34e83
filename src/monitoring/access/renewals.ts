import pLimit, { type LimitFunction } from 'p-limit';
import { SECOND_MS } from '../../domain/model/time.ts';
import type { ConstantContact, Upstreams } from '../ports.ts';
import { slept } from '../slept.ts';
import { failed, type RefreshPorts, type RefreshResult, STOPPING, tryRefresh, type Wanted } from './refresh-grant.ts';
import { REFRESH_LEASE_MS } from './refresh-lease.ts';

/**
 * Refreshes of one application at once, in each process. At one token request a second for all of them, six processes
 * need 24 s: the last refresh still begins within its lease of 30 s.
 */
const REFRESHES_AT_ONCE = 4;
/** While so many refreshes of an application have overdue answers, no other refresh token of it is presented. */
const MOST_LATE = 8;
const WAIT_STEP_MS = 250;
/** What the refresh of another process may need besides its request: its turn at the token endpoint, and the store. */
const WAIT_SLACK_MS = 15 * SECOND_MS;

export type RenewalOptions = Omit<RefreshPorts, 'whyNotNow' | 'present'> &
  Readonly<{
    upstreams: Pick<Upstreams<Readonly<{ constantContact: Pick<ConstantContact, 'refresh'> }>>, 'of'>;
    /** How long a caller waits for an answer. The refresh itself waits on. */
    requestTimeoutMs: number;
  }>;

type Renewal = {
  /** The application by which the grant is refreshed; undefined while that is being read. */
  applicationId?: string | null;
  outcome: Promise<RefreshResult>;
  /** What the callers are told when they need not wait for the outcome. */
  readonly meanwhile: PromiseWithResolvers<RefreshResult>;
  request: 'none' | 'sent' | 'late';
};

export type Renewals = Readonly<{
  renew(wanted: Wanted): Promise<RefreshResult>;
  /** No refresh token is presented from here on. */
  stop(): void;
  /** Resolves when every refresh token that was presented has its answer, handed to the store. */
  settled(): Promise<void>;
  /** The tenants whose refresh token was presented and not answered yet. */
  unanswered(): readonly string[];
}>;

/** One refresh at a time per tenant within the process: a second caller shares the first one's outcome. */
export function createRenewals(options: RenewalOptions): Renewals {
  const { clock, log, upstreams, requestTimeoutMs } = options;
  const renewals = new Map<string, Renewal>();
  const limits = new Map<string | null, LimitFunction>();
  const stopping = new AbortController();

  async function renew(wanted: Wanted): Promise<RefreshResult> {
    const others = renewals.get(wanted.tenantId);
    const { outcome, meanwhile } = others ?? begin(wanted);
    const held = await Promise.race([outcome, meanwhile.promise]);
    return others !== undefined && held.ok && !wanted.serves(held.grant) ? renew(wanted) : held;
  }

  function begin(wanted: Wanted): Renewal {
    const meanwhile = Promise.withResolvers<RefreshResult>();
    const renewal: Renewal = { outcome: meanwhile.promise, meanwhile, request: 'none' };
    renewal.outcome = refreshWhenFree(wanted, renewal).finally(() => renewals.delete(wanted.tenantId));
    renewals.set(wanted.tenantId, renewal);
    return renewal;
  }

  /** Waits for the refresh of another process, and takes over when that one died: its lease ends by itself. */
  async function refreshWhenFree(wanted: Wanted, renewal: Renewal): Promise<RefreshResult> {
    const applicationId = (await options.grants.read(wanted.tenantId))?.applicationId ?? null;
    renewal.applicationId = applicationId;
    const whyNot = () => whyNotNow(applicationId);
    const ports = { ...options, whyNotNow: whyNot, present: presenterOf(wanted.tenantId, renewal) };
    const giveUpAt = clock.now() + Math.max(REFRESH_LEASE_MS, requestTimeoutMs + WAIT_SLACK_MS) + WAIT_STEP_MS;
    do {
      // A refresh whose callers wait no longer leaves its place to another one.
      const { attempt } = await limitOf(applicationId)(async () => {
        const attempt = tryRefresh(wanted, ports);
        await Promise.race([attempt, renewal.meanwhile.promise]);
        return { attempt };
      });
      const held = await attempt;
      if (held !== 'busy') return held;
      await clock.sleep(WAIT_STEP_MS);
    } while (clock.now() <= giveUpAt);
    return failed('timeout', 'another process did not finish refreshing this access token');
  }

  function limitOf(applicationId: string | null): LimitFunction {
    const limit = limits.get(applicationId) ?? pLimit(REFRESHES_AT_ONCE);
    limits.set(applicationId, limit);
    return limit;
  }

  function whyNotNow(applicationId: string | null): RefreshResult | null {
    if (stopping.signal.aborted) return STOPPING;
    const own = [...renewals.values()].filter((renewal) => renewal.applicationId === applicationId);
    if (own.filter(({ request }) => request === 'late').length < MOST_LATE) return null;
    return failed('timeout', `the token endpoint has left ${MOST_LATE} requests unanswered; no other grant is risked`);
  }

  function presenterOf(tenantId: string, renewal: Renewal): RefreshPorts['present'] {
    return async ({ refreshToken, applicationId }) => {
      const { constantContact } = await upstreams.of(applicationId);
      const sent = Promise.withResolvers<void>();
      const onSend = () => {
        renewal.request = 'sent';
        sent.resolve();
      };
      const answer = constantContact.refresh(refreshToken, { signal: stopping.signal, onSend });
      const isAnswered = new AbortController();
      const stopWaiting = () => isAnswered.abort();
      void answer.then(stopWaiting, stopWaiting);
      await Promise.race([sent.promise, answer]);
      if (await slept(clock, requestTimeoutMs, isAnswered.signal)) {
        renewal.request = 'late';
        log.warn({ tenantId }, 'a refresh has no answer yet; the answer is still waited for');
        const detail = `POST /token has no answer after ${requestTimeoutMs / SECOND_MS} s; it is still waited for`;
        renewal.meanwhile.resolve(failed('timeout', detail));
        log.info({ tenantId, ok: (await answer).ok }, 'the late answer to a refresh has come');
      }
      renewal.request = 'none';
      return await answer;
    };
  }

  return {
    renew,
    stop() {
      for (const { request, meanwhile } of renewals.values()) if (request === 'none') meanwhile.resolve(STOPPING);
      // A refresh that waits for its slot ends with this error, which no caller awaits any more.
      stopping.abort();
    },
    async settled() {
      while (renewals.size > 0) await Promise.allSettled([...renewals.values()].map(({ outcome }) => outcome));
    },
    unanswered: () => [...renewals].filter(([, { request }]) => request !== 'none').map(([tenantId]) => tenantId),
  };
}
