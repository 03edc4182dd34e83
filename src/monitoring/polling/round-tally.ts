import type { TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { RoundTally } from '../application.ts';
import type { RoundChange, RoundFailure } from '../views.ts';

export const EMPTY_TALLY: RoundTally = {
  polled: 0,
  failed: 0,
  changes: [],
  failures: [],
  skipped: 0,
  errors: 0,
  clockCorrected: 0,
  incidents: { opened: 0, closed: 0 },
};

export function addToTally(tally: RoundTally, updates: readonly TenantUpdate[]): RoundTally {
  const failures = updates.flatMap((update) => failureOf(update) ?? []);
  const touched = updates.flatMap(({ poll, incidents }) => incidents.map((incident) => ({ incident, at: poll?.at })));
  return {
    ...tally,
    polled: tally.polled + updates.length,
    failed: tally.failed + failures.length,
    changes: [...tally.changes, ...updates.flatMap(changesOf)],
    failures: [...tally.failures, ...failures],
    clockCorrected: tally.clockCorrected + updates.filter(({ clockCorrection }) => clockCorrection !== null).length,
    incidents: {
      opened: tally.incidents.opened + touched.filter(({ incident, at }) => incident.openedAt === at).length,
      closed: tally.incidents.closed + touched.filter(({ incident, at }) => incident.closedAt === at).length,
    },
  };
}

function changesOf({ changes, connections, tenant }: TenantUpdate): readonly RoundChange[] {
  return changes.map(({ id: _, ...change }) => ({
    ...change,
    tenantName: tenant?.name ?? '',
    displayName: connections.find(({ id }) => id === change.connectionId)?.displayName ?? null,
  }));
}

function failureOf({ poll, tenant, tenantId }: TenantUpdate): RoundFailure | null {
  if (poll?.result.outcome !== 'failed') return null;
  const { kind, detail } = poll.result.failure;
  return { tenantId, tenantName: tenant?.name ?? '', kind, detail };
}
