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
import { batchesOf } from '../pages.ts';
import type { ReplayStore, Stores, Surroundings } from '../ports.ts';
import { tenantsSeen } from '../viewer.ts';
import type { ReplayedTenant, ReplayReport } from '../views.ts';

/** Tenants in memory at a time; as many as a statement takes. */
const PAGE = 10;

export function createReplays(
  ports: Pick<Stores, 'replays'> & Pick<Surroundings, 'settings' | 'operatorEmail'>,
): Replays {
  return {
    run: (viewer, request) =>
      replayPolicy({ ...request, tenantIds: tenantsSeen(viewer, request.tenantIds) }, ports, ports.replays),
  };
}

/**
 * What the alert rules would have sent over stored history by these rules, beside what was sent. Only reads.
 * Where polls of the beginning are no longer kept, it begins with the oldest one that is.
 */
export async function replayPolicy(
  { from: asked, to, tenantIds, onProgress }: ReplayRequest,
  rules: ReplayRules,
  replays: ReplayStore,
): Promise<ReplayReport> {
  const from = Math.min(Math.max(asked, (await replays.oldestPollAt()) ?? asked), to);
  const { tenants: count, troubled } = await replays.troubled({ from, to, tenantIds });

  let totals: ReadonlyMap<MailKind, MailTotal> = new Map();
  let polls = 0;
  const tenants: ReplayedTenant[] = [];
  let done = 0;
  for (const batch of batchesOf(troubled, PAGE)) {
    onProgress(done, troubled.length);
    done += batch.length;
    for (const past of await replays.pasts(batch, { from, to })) {
      const replayed = compareReplay(past, { from, to }, rules);
      totals = addToTotals(totals, replayed.pairs);
      polls += replayed.polls;
      if (replayed.pairs.length > 0)
        tenants.push({ id: past.tenant.id, name: past.tenant.name, pairs: replayed.pairs });
    }
  }
  return { from, to, totals, tenantsReplayed: count, pollsReplayed: polls, tenants };
}

function compareReplay(
  past: TenantPast,
  range: TimeRange,
  rules: ReplayRules,
): Readonly<{ pairs: readonly MailPair[]; polls: number }> {
  const { mail, polls } = replayTenant(past, range, rules);
  return { pairs: compareMail(mail.map(replayedMail), sentMail(past, range.from)), polls };
}
