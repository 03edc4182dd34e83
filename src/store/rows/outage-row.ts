import type { Outage } from '../../domain/model/outage.ts';
import type { PollFailureKind } from '../../domain/model/poll.ts';
import type { Outage as OutageRow } from '../model.ts';
import { dateOf, dateOrNull, instantOrNull } from './values.ts';

/** Unique in the database, and the same for every outage that has not ended: there is one at most. */
export const CURRENT_OUTAGE = 'current';

export function outageToRow({ id, since, confirmedAt, endedAt, kind }: Outage): OutageRow {
  return {
    id,
    since: dateOf(since),
    confirmedAt: dateOrNull(confirmedAt),
    endedAt: dateOrNull(endedAt),
    kind,
    openKey: endedAt === null ? CURRENT_OUTAGE : null,
  };
}

export function outageFromRow({ id, since, confirmedAt, endedAt, kind }: OutageRow): Outage {
  return {
    id,
    since: since.getTime(),
    confirmedAt: instantOrNull(confirmedAt),
    endedAt: instantOrNull(endedAt),
    kind: kind as PollFailureKind,
  };
}
