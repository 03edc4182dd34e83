import { type Fault, type FaultCause, faultKey } from '../../domain/model/fault.ts';
import type { PollFailureKind } from '../../domain/model/poll.ts';
import type { Fault as FaultRow } from '../model.ts';
import { dateOf, dateOrNull, instantOrNull } from './values.ts';

/** `openKey` is unique in the database, so that at most one fault of a key is open. */
export function faultToRow({ id, cause, since, confirmedAt, endedAt }: Fault): FaultRow {
  return {
    id,
    kind: cause.kind,
    cause: textOf(cause),
    tenants: cause.kind === 'access' ? cause.tenants : 0,
    applicationId: 'applicationId' in cause ? (cause.applicationId ?? null) : null,
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

function textOf(cause: FaultCause): string {
  if (cause.kind === 'quota') return QUOTA;
  return cause.kind === 'mail' ? cause.response : cause.failure;
}

const QUOTA = 'quota_exceeded' satisfies PollFailureKind;

type CauseRow = Pick<FaultRow, 'kind' | 'cause' | 'tenants' | 'applicationId'>;

function causeFromRow({ kind, cause, tenants, applicationId }: CauseRow): FaultCause {
  const failure = cause as PollFailureKind;
  switch (kind) {
    case 'mail':
      return { kind, response: cause };
    case 'quota':
      return { kind, applicationId };
    case 'application':
      return { kind, failure, applicationId };
    case 'access':
      return { kind, failure, tenants, ...(applicationId !== null && { applicationId }) };
    default:
      return { kind: 'upstream', failure };
  }
}
