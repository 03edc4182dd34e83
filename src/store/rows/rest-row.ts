import type { Rest } from '../../domain/model/rest.ts';
import type { Tenant as Row } from '../model.ts';
import type { Plain, Table } from './table.ts';

type RestRow = Pick<Row, 'id' | 'rest'>;

export const restTable: Table<RestRow> = { name: 'Tenant', columns: { id: 'text', rest: 'text' } };

export function restToRow({ tenantId, rest }: Readonly<{ tenantId: string; rest: Rest | null }>): Plain<RestRow> {
  return { id: tenantId, rest: rest && restToText(rest) };
}

/** One text, which changes with each poll: whoever writes where it still is what it was has missed no other write. */
export function restToText({ digest, since, repeats, intervalMs }: Rest): string {
  return `${digest} ${since} ${repeats} ${intervalMs}`;
}

export function restFromText(text: string): Rest {
  const [digest = '', since, repeats, intervalMs] = text.split(' ');
  return { digest, since: Number(since), repeats: Number(repeats), intervalMs: Number(intervalMs) };
}
