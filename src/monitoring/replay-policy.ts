import {
  addToTotals,
  compareMail,
  type MailPair,
  type MailTotal,
  rehearsedMail,
  sentMail,
} from '../domain/compare-mail.ts';
import type { TimeRange } from '../domain/history.ts';
import type { MailKind } from '../domain/notification.ts';
import { rehearse } from '../domain/rehearsal.ts';
import type { RehearsalRules } from '../domain/rehearsal-stage.ts';
import type { TenantPast } from '../domain/tenant-past.ts';
import type { PastArchive } from './ports.ts';
import type { ReplayedTenant, ReplayReport } from './views.ts';

export type ReplayRequest = TimeRange &
  Readonly<{
    /** Null: all. */
    tenantIds: readonly string[] | null;
    onProgress(done: number, total: number): void;
  }>;

/** Tenants in memory at a time; as many as a statement takes. */
const PAGE = 10;

/**
 * What the alert rules would have sent over stored history by these rules, beside what was sent. Only reads.
 * Where polls of the beginning are no longer kept, it begins with the oldest one that is.
 */
export async function replayPolicy(
  { from: asked, to, tenantIds, onProgress }: ReplayRequest,
  rules: RehearsalRules,
  archive: PastArchive,
): Promise<ReplayReport> {
  const from = Math.min(Math.max(asked, (await archive.oldestPollAt()) ?? asked), to);
  const { tenants: count, troubled } = await archive.troubled({ from, to, tenantIds });

  let totals: ReadonlyMap<MailKind, MailTotal> = new Map();
  let polls = 0;
  const tenants: ReplayedTenant[] = [];
  for (let start = 0; start < troubled.length; start += PAGE) {
    onProgress(start, troubled.length);
    for (const past of await archive.pasts(troubled.slice(start, start + PAGE), { from, to })) {
      const replayed = replayTenant(past, { from, to }, rules);
      totals = addToTotals(totals, replayed.pairs);
      polls += replayed.polls;
      if (replayed.pairs.length > 0)
        tenants.push({ id: past.tenant.id, name: past.tenant.name, pairs: replayed.pairs });
    }
  }
  return { from, to, totals, tenantsReplayed: count, pollsReplayed: polls, tenants };
}

function replayTenant(
  past: TenantPast,
  range: TimeRange,
  rules: RehearsalRules,
): Readonly<{ pairs: readonly MailPair[]; polls: number }> {
  const { mail, polls } = rehearse(past, range, rules);
  return { pairs: compareMail(mail.map(rehearsedMail), sentMail(past, range.from)), polls };
}
