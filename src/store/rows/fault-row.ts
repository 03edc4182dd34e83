import { type Fault, type FaultCause, faultKey } from '../../domain/model/fault.ts';
import type { PollFailureKind } from '../../domain/model/poll.ts';
import type { Fault as FaultRow } from '../model.ts';
import { dateOf, dateOrNull, instantOrNull } from './values.ts';

/** `openKey` is unique in the database, so that at most one fault of a key is open. */
export function faultToRow({ id, cause, since, confirmedAt, endedAt }: Fault): FaultRow {
  return {
    id,
    kind: cause.kind,
    cause: cause.kind === 'mail' ? cause.response : cause.failure,
    tenants: cause.kind === 'access' ? cause.tenants : 0,
    since: dateOf(since),
    confirmedAt: dateOrNull(confirmedAt),
    endedAt: dateOrNull(endedAt),
    openKey: endedAt === null ? faultKey(cause) : null,
  };
}

export function faultFromRow({ id, since, confirmedAt, endedAt, ...row }: FaultRow): Fault {
  return {
    id,
    cause: causeFromRow(row),
    since: since.getTime(),
    confirmedAt: instantOrNull(confirmedAt),
    endedAt: instantOrNull(endedAt),
  };
}

function causeFromRow({ kind, cause, tenants }: Pick<FaultRow, 'kind' | 'cause' | 'tenants'>): FaultCause {
  if (kind === 'mail') return { kind, response: cause };
  const failure = cause as PollFailureKind;
  return kind === 'access' ? { kind, failure, tenants } : { kind: 'upstream', failure };
}
