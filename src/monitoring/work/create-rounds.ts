import type { RoundRequest, RoundScope, Rounds } from '../application.ts';
import type { Clock, Stores, Upstreams } from '../ports.ts';
import { keyQuotaOf } from '../request-quota.ts';
import { assertMayChange, scopeOf, seesAllTenants, tenantsSeen, type Viewer } from '../viewer.ts';
import type { RoundSummary } from '../views.ts';
import type { Work } from './create-work.ts';

export type RoundsPorts = Pick<Stores, 'quota' | 'outbox'> &
  Readonly<{
    clock: Clock;
    upstreams: Pick<Upstreams, 'application'>;
    work: Work;
    /** Throws when ENCRYPTION_KEY opens nothing that is stored. */
    assertKeysFit(): Promise<void>;
    /** No refresh begins in a process that is about to end; see keep-access.ts. */
    access: Readonly<{ stop(): void }>;
  }>;

/** A round by command: the same work that the daemon does, once and now. */
export function createRounds(ports: RoundsPorts): Rounds {
  return {
    run: async (viewer, round) => {
      assertMayChange(viewer);
      await ports.assertKeysFit();
      round.signal?.addEventListener('abort', ports.access.stop);
      return await run(viewer, round, ports);
    },
  };
}

async function run(viewer: Viewer, round: RoundRequest, ports: RoundsPorts): Promise<RoundSummary> {
  const { work, quota, outbox, clock, upstreams } = ports;
  const { signal, onProgress } = round;
  const tally = await work.round(tenantsFor(viewer, round.tenants), {
    signal,
    onPoll: ({ polled, total }) => onProgress?.(polled, total ?? polled),
  });
  if (!seesAllTenants(viewer)) {
    const { tenantId = '' } = scopeOf(viewer, null) ?? {};
    return { ...tally, requests: null, mail: { sent: 0, failed: 0, ...(await outbox.counts(tenantId)) } };
  }
  // Where no daemon runs, this command does its work.
  if (!Array.isArray(round.tenants)) await work.refreshIdle({ signal });
  await work.digest();
  await work.neverWorked();
  // A program asks where a daemon runs, which sends: a receiver that hangs is not to keep the program waiting.
  const sending = viewer.kind === 'operator' ? work.webhooks({ signal }) : null;
  const [delivered] = await Promise.all([work.deliver({ signal }), sending]);
  const requests = await quota.today(keyQuotaOf(await upstreams.application(null)), clock.now());
  return { ...tally, requests, mail: { ...delivered, ...(await outbox.counts(null)) } };
}

function tenantsFor(viewer: Viewer, tenants: RoundScope): RoundScope {
  if (seesAllTenants(viewer)) return tenants;
  return tenantsSeen(viewer, typeof tenants === 'string' ? null : tenants) ?? [];
}
