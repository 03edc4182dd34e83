import type { Tenants } from '../../monitoring/application.ts';
import type { Viewer } from '../../monitoring/viewer.ts';
import { isStorable } from '../storable.ts';

/** No tenant's id or name is longer. */
const LONGEST = 200;
/** Tenants that are named where a name fits several. */
const NAMED = 5;

/** The tenant that a filter means: by id, or by a part of its name that no other tenant has. */
export type TenantMeant =
  | Readonly<{ kind: 'any'; id: null }>
  | Readonly<{ kind: 'one'; id: string; name: string }>
  | Readonly<{ kind: 'unknown'; id: null; similar: readonly Readonly<{ id: string; name: string }>[] }>;

export async function tenantMeant(
  text: string | undefined,
  viewer: Viewer,
  tenants: Pick<Tenants, 'names' | 'list'>,
): Promise<TenantMeant> {
  if (text === undefined || text === '') return { kind: 'any', id: null };
  if (text.length > LONGEST || !isStorable(text)) return { kind: 'unknown', id: null, similar: [] };
  const name = (await tenants.names(viewer, [text])).get(text);
  if (name !== undefined) return { kind: 'one', id: text, name };
  const { items } = await tenants.list(viewer, { search: text, cursor: null, limit: NAMED });
  const [first, second] = items;
  if (first !== undefined && second === undefined) return { kind: 'one', id: first.id, name: first.name };
  return { kind: 'unknown', id: null, similar: items.map(({ id, name: similar }) => ({ id, name: similar })) };
}
