import type { Clock } from '../monitoring/ports.ts';
import { failureOfError } from './failure.ts';
import { createSendRequest, type ProxyEnv } from './send-request.ts';

export type Reached = Readonly<{ ok: true; clockSkewMs: number | null }> | Readonly<{ ok: false; problem: string }>;

/**
 * Whether the API's host answers at all: any answer will do, and no token is needed for one.
 * `clockSkewMs` is how far our clock is ahead of the answer's `Date`, which has whole seconds.
 */
export async function reachUpstream(
  apiUrl: string,
  { requestTimeoutMs, proxy, clock }: Readonly<{ requestTimeoutMs: number; proxy: ProxyEnv; clock: Clock }>,
): Promise<Reached> {
  try {
    const request = { url: apiUrl, headers: {}, form: null, beforeRequest: async () => undefined };
    const { headers } = await createSendRequest({ proxy, requestTimeoutMs })(request);
    const theirs = Date.parse(String(headers.date));
    return { ok: true, clockSkewMs: Number.isNaN(theirs) ? null : clock.now() - theirs };
  } catch (error) {
    const request = { name: 'GET /', endpoint: 'api', secrets: [], now: clock.now() } as const;
    return { ok: false, problem: failureOfError(error, request).detail };
  }
}
