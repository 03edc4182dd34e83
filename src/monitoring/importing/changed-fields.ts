import { DEFAULT_APPLICATION } from '../../domain/model/client-application.ts';
import type { TenantPatch } from '../tenants/tenant-input.ts';
import type { ExportedTenant } from '../views.ts';
import type { ImportColumn } from './tenant-columns.ts';

/** The columns by the fields that they change. */
export const columnOfField = {
  externalId: 'external_id',
  name: 'name',
  owner: 'owner',
  cc: 'cc',
  timezone: 'timezone',
  locale: 'locale',
  schedule: 'schedule',
  application: 'application',
  senderName: 'sender_name',
  replyTo: 'reply_to',
  reconnectUrl: 'reconnect_url',
  grant: 'refresh_token',
} as const satisfies Readonly<Record<keyof TenantPatch, ImportColumn>>;

type Settings = Omit<TenantPatch, 'grant'>;

/** What of a patch is not stored already. */
export function changesOf(patch: Settings, stored: ExportedTenant): Settings {
  const fields = Object.keys(patch) as (keyof Settings)[];
  return Object.fromEntries(
    fields.filter((field) => !isStored(field, patch, stored)).map((field) => [field, patch[field]]),
  );
}

function isStored(field: keyof Settings, patch: Settings, stored: ExportedTenant): boolean {
  const [given = null, before] = [patch[field], stored[columnOfField[field]]];
  if (field === 'application') return nameOf(given) === nameOf(before);
  return field === 'owner' || field === 'cc' ? isSameList([given].flat(), [before].flat()) : given === before;
}

/** In capital or small letters, and the one of the configuration by its name or by none. */
function nameOf(application: unknown): string {
  return String(application ?? DEFAULT_APPLICATION).toLowerCase();
}

/** Addresses are the same in capital and small letters, and in whatever order. */
function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  const sorted = (emails: readonly unknown[]) => emails.map((email) => String(email).toLowerCase()).toSorted();
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}
