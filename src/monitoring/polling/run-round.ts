import type { RoundTally } from '../application.ts';
import type { Log } from '../ports.ts';
import { type ApplicationRound, runApplicationRound } from './application-round.ts';
import { EMPTY_TALLY, joinTallies } from './record-polls.ts';
import type { RoundPorts } from './round-ports.ts';
import type { OwnTenants, TenantsToAsk } from './tenants-to-ask.ts';

export type RoundOptions = Readonly<{
  scope: TenantsToAsk;
  /** Aborted: no further tenant is asked; what is in flight is finished and stored. */
  signal?: AbortSignal | undefined;
  onPoll?: (progress: Readonly<{ polled: number; total: number | null }>) => void;
}>;

/**
 * One round: due tenants -> poll each -> record what follows, batch by batch. Mail is delivered by its own step. Each
 * application's tenants are asked apart from the others', so that a key that is stopped, or slow, stops no other.
 */
export async function runRound(ports: RoundPorts, { scope, signal, onPoll }: RoundOptions): Promise<RoundTally> {
  const startedAt = ports.clock.now();
  const parts = scope === 'due' ? await dueParts(ports) : await partsOf(scope, ports);
  const total = scope === 'due' ? null : parts.reduce((sum, { tenants }) => sum + countOf(tenants), 0);
  let polled = 0;
  const onPolled = (count: number) => {
    polled += count;
    onPoll?.({ polled, total });
  };
  const rounds = parts.map((part) => runApplicationRound(ports, { ...part, signal, onPolled }));
  // When one of them cannot go on, the others are finished all the same.
  await Promise.allSettled(rounds);
  const tally = (await Promise.all(rounds)).reduce(joinTallies, EMPTY_TALLY);
  logRound(tally, ports.clock.now() - startedAt, ports.log);
  return tally;
}

type Part = Pick<ApplicationRound, 'application' | 'tenants' | 'purpose'>;

async function dueParts({ upstreams }: RoundPorts): Promise<readonly Part[]> {
  return (await upstreams.applications()).map((application) => ({ application, tenants: 'due', purpose: 'regular' }));
}

async function partsOf(
  scope: Exclude<TenantsToAsk, 'due'>,
  { upstreams, polls }: RoundPorts,
): Promise<readonly Part[]> {
  const isPage = typeof scope === 'object' && 'dueAmong' in scope;
  const asked = await polls.pollableTenants(isPage ? scope.dueAmong : scope === 'all' ? null : scope);
  const parts: Part[] = [];
  for (const [applicationId, some] of Map.groupBy(asked, (tenant) => tenant.applicationId)) {
    const application = await upstreams.application(applicationId);
    const ids = some.map(({ id }) => id);
    const tenants = isPage ? { dueAmong: ids } : { listed: ids };
    parts.push({ application, tenants, purpose: isPage || scope === 'all' ? 'regular' : 'priority' });
  }
  return parts;
}

function countOf(tenants: OwnTenants): number {
  if (tenants === 'due') return 0;
  return 'listed' in tenants ? tenants.listed.length : tenants.dueAmong.length;
}

function logRound(tally: RoundTally, durationMs: number, log: Log): void {
  const { polled, failed, skipped, errors, clockCorrected, changes, incidents } = tally;
  const fields = { polled, failed, skipped, errors, changes: changes.length, ...incidents, durationMs };
  if (clockCorrected > 0) {
    log.warn({ tenants: clockCorrected }, 'the clock was ahead when these tenants were last polled; corrected');
  }
  if (polled > 0) log.info(fields, 'round finished');
  else log.debug(fields, 'round finished');
}
