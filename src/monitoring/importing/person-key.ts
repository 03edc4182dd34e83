import type { TenantFields } from '../tenants/tenant-input.ts';

/** A key that two entries share when a person would take them for one tenant; null without a name or an owner. */
export function personKey({ name = '', owner = '' }: Pick<TenantFields, 'name' | 'owner'>): string | null {
  const parts = [name, owner].map((text) => text.trim().toLowerCase());
  return parts.includes('') ? null : JSON.stringify(parts);
}

/** Null without one. */
export function externalIdOf({ external_id = '' }: Pick<TenantFields, 'external_id'>): string | null {
  return external_id.trim() || null;
}
