import type { Condition } from '../../domain/model/condition.ts';
import { causeKey, type EndReason, type Hold, type HoldCause } from '../../domain/model/hold.ts';
import type { PollFailureKind } from '../../domain/model/poll.ts';
import type { Hold as HoldRow } from '../model.ts';
import { dateOf, dateOrNull, instantOrNull } from './values.ts';

/** The kind, and the key, of a time in which the mail server refuses us: kept here, but no hold that is decided. */
export const MAIL_TROUBLE = 'mail_trouble';

export function holdToRow(hold: Hold): HoldRow {
  const { id, cause, since, beganAt, endedAt, endReason, tenants, sample } = hold;
  return {
    id,
    kind: cause.kind,
    network: cause.kind === 'fleet' ? cause.network : null,
    cause: causeToText(cause),
    since: dateOf(since),
    beganAt: dateOf(beganAt),
    endedAt: dateOrNull(endedAt),
    endReason,
    tenants,
    sample: JSON.stringify(sample),
    openKey: endedAt === null ? causeKey(cause) : null,
  };
}

function causeToText(cause: HoldCause): string | null {
  if (cause.kind === 'fleet') return cause.condition;
  return cause.kind === 'access' ? cause.failure : null;
}

export function holdFromRow(row: HoldRow): Hold {
  return {
    id: row.id,
    cause: causeFromRow(row),
    since: row.since.getTime(),
    beganAt: row.beganAt.getTime(),
    endedAt: instantOrNull(row.endedAt),
    endReason: row.endReason as EndReason | null,
    tenants: row.tenants,
    sample: JSON.parse(row.sample) as readonly string[],
  };
}

function causeFromRow({ kind, network, cause }: HoldRow): HoldCause {
  switch (kind) {
    case 'fleet':
      return { kind, network: network ?? '', condition: cause as Condition };
    case 'access':
      return { kind, failure: cause as PollFailureKind };
    case 'brake':
      return { kind };
    default:
      return { kind: 'command' };
  }
}
