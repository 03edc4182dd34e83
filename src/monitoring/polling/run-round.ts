import type { RoundScope, RoundTally } from '../application.ts';
import type { Log } from '../ports.ts';
import { type ApplicationRound, type ApplicationRoundPorts, runApplicationRound } from './application-round.ts';
import { EMPTY_TALLY, joinTallies } from './record-polls.ts';

export type RoundPorts = ApplicationRoundPorts;

export type RoundOptions = Readonly<{
  scope: RoundScope;
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
  const parts = scope === 'due' ? await dueParts(ports) : await namedParts(scope, ports);
  const total = scope === 'due' ? null : parts.reduce((sum, { named }) => sum + (named?.length ?? 0), 0);
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

type Part = Pick<ApplicationRound, 'application' | 'named' | 'purpose'>;

async function dueParts({ upstreams }: RoundPorts): Promise<readonly Part[]> {
  return (await upstreams.applications()).map((application) => ({ application, named: null, purpose: 'poll' }));
}

async function namedParts(
  scope: Exclude<RoundScope, 'due'>,
  { upstreams, polls }: RoundPorts,
): Promise<readonly Part[]> {
  const named = await polls.pollableTenants(scope === 'all' ? null : scope);
  const purpose = scope === 'all' ? 'poll' : 'recheck';
  const parts: Part[] = [];
  for (const [applicationId, tenants] of Map.groupBy(named, (tenant) => tenant.applicationId)) {
    const application = await upstreams.application(applicationId);
    parts.push({ application, named: tenants.map(({ id }) => id), purpose });
  }
  return parts;
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
