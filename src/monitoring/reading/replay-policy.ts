import { setImmediate } from 'node:timers/promises';
import type { TimeRange } from '../../domain/history.ts';
import type { MailKind } from '../../domain/model/mail-kind.ts';
import type { TenantPast } from '../../domain/model/tenant-past.ts';
import {
  addToTotals,
  compareMail,
  type MailPair,
  type MailTotal,
  replayedMail,
  sentMail,
} from '../../domain/replay/compare-mail.ts';
import type { ReplayRules } from '../../domain/replay/replay-run.ts';
import { replayTenant } from '../../domain/replay/replay-tenant.ts';
import type { ReplayRequest, Replays } from '../application.ts';
import { batchesOf } from '../batches.ts';
import type { ReplayStore, Stores, Surroundings } from '../ports.ts';
import { tenantsSeen } from '../viewer.ts';
import type { ReplayedTenant, ReplayReport } from '../views.ts';

/** Tenants in memory at a time; as many as a statement takes. */
const PAGE = 10;
/** Some milliseconds of work. */
const STEPS_A_TURN = 50;

export type ReplaysPorts = Pick<Stores, 'replays'> &
  Pick<Surroundings, 'settings' | 'operatorEmail'> &
  Readonly<{ retentionTimes: Readonly<{ pollsForMs: number }> }>;

export function createReplays({ replays, retentionTimes, ...ports }: ReplaysPorts): Replays {
  return {
    run: (viewer, { settings = ports.settings, ...request }) => {
      const { to, from, tenantIds } = request;
      const seen = { tenantIds: tenantsSeen(viewer, tenantIds), from: from ?? to - retentionTimes.pollsForMs };
      return replayPolicy({ ...request, ...seen }, { settings, operatorEmail: ports.operatorEmail }, replays);
    },
  };
}

type PolicyRequest = Omit<ReplayRequest, 'from' | 'settings'> & TimeRange;

/**
 * What these rules would have sent over stored history, beside what was sent. Where polls of the beginning are no
 * longer kept, it begins with the oldest one that is.
 */
export async function replayPolicy(
  { from: asked, to, tenantIds, listed = Number.POSITIVE_INFINITY, signal, onProgress }: PolicyRequest,
  rules: ReplayRules,
  replays: ReplayStore,
): Promise<ReplayReport> {
  const from = Math.min(Math.max(asked, (await replays.oldestPollAt()) ?? asked), to);
  const { tenants: count, troubled } = await replays.troubled({ from, to, tenantIds });

  let totals: ReadonlyMap<MailKind, MailTotal> = new Map();
  let [polls, done, moreTenants] = [0, 0, 0];
  const tenants: ReplayedTenant[] = [];
  for (const batch of batchesOf(troubled, PAGE)) {
    onProgress?.(done, troubled.length);
    done += batch.length;
    for (const past of await replays.pasts(batch, { from, to })) {
      const replayed = await compareReplay(past, { range: { from, to }, rules, signal });
      totals = addToTotals(totals, replayed.pairs);
      polls += replayed.polls;
      if (replayed.pairs.length === 0) continue;
      if (tenants.length >= listed) moreTenants += 1;
      else tenants.push({ id: past.tenant.id, name: past.tenant.name, pairs: replayed.pairs });
    }
  }
  return { from, to, totals, tenantsReplayed: count, pollsReplayed: polls, tenants, moreTenants };
}

type Replaying = Readonly<{ range: TimeRange; rules: ReplayRules; signal: AbortSignal | undefined }>;

async function compareReplay(
  past: TenantPast,
  { range, rules, signal }: Replaying,
): Promise<Readonly<{ pairs: readonly MailPair[]; polls: number }>> {
  const replay = replayTenant(past, range, rules);
  for (let steps = 1; ; steps += 1) {
    const step = replay.next();
    if (step.done === true) {
      const { mail, polls } = step.value;
      return { pairs: compareMail(mail.map(replayedMail), sentMail(past, range.from)), polls };
    }
    if (steps % STEPS_A_TURN !== 0) continue;
    await setImmediate();
    signal?.throwIfAborted();
  }
}
