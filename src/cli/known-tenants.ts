import type { Application } from '../monitoring/application.ts';
import { readAllPages } from '../monitoring/pages.ts';
import { operator } from '../monitoring/viewer.ts';
import { CommandFailure, unknownTenant } from './failure.ts';

/**
 * The id of the tenant that a command names: by its id, else by its external id, else by its name where it is the only
 * one of that name. What names no tenant is given back as it is, because a removed tenant may still have incidents and
 * mail.
 */
export async function tenantIdOf(app: Application, named: string): Promise<string> {
  return (await findTenantId(app, named)) ?? named;
}

/** The same of a tenant that must be there. */
export async function knownTenantId(app: Application, named: string): Promise<string> {
  const id = await findTenantId(app, named);
  if (id === null) throw unknownTenant(named);
  return id;
}

export async function knownTenantIds(app: Application, named: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const each of named) ids.push(await knownTenantId(app, each));
  return ids;
}

/** No id, external id or name is longer; databases search for no text of any length. */
const LONGEST_NAMED = 500;

/** Null where it names none. */
export async function findTenantId(app: Application, named: string): Promise<string | null> {
  if (named.length > LONGEST_NAMED) return null;
  if ((await app.tenants.find(operator, named)) !== null) return named;
  const one = await app.tenants.list(operator, { externalId: named.trim(), cursor: null, limit: 1 });
  if (one.items[0] !== undefined) return one.items[0].id;
  const similar = await readAllPages((page) => app.tenants.list(operator, { search: named.trim(), ...page }));
  const ids = similar.filter(({ name }) => isSameName(name, named)).map(({ id }) => id);
  if (ids.length <= 1) return ids[0] ?? null;
  throw new CommandFailure(`${ids.length} tenants are named ${named}.`, `Name one by its id: ${ids.join(', ')}.`);
}

function isSameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** An empty result for a tenant may mean that it is mistyped. */
export async function assertKnown(tenantId: string | null, found: readonly unknown[], app: Application): Promise<void> {
  if (tenantId === null || found.length > 0) return;
  if ((await app.tenants.find(operator, tenantId)) === null) throw unknownTenant(tenantId);
}
