import type { Condition } from '../../domain/model/condition.ts';
import { causeKey, type EndReason, type Hold, type HoldCause } from '../../domain/model/hold.ts';
import type { Hold as HoldRow } from '../model.ts';
import { dateOf, dateOrNull, instantOrNull } from './values.ts';

export function holdToRow(hold: Hold): HoldRow {
  const { id, cause, since, beganAt, endedAt, endReason, tenants, sample } = hold;
  return {
    id,
    kind: cause.kind,
    network: cause.kind === 'fleet' ? cause.network : null,
    cause: cause.kind === 'fleet' ? cause.condition : null,
    since: dateOf(since),
    beganAt: dateOf(beganAt),
    endedAt: dateOrNull(endedAt),
    endReason,
    tenants,
    sample: JSON.stringify(sample),
    openKey: endedAt === null ? causeKey(cause) : null,
  };
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
    case 'brake':
    case 'restored':
      return { kind };
    default:
      return { kind: 'command' };
  }
}
