import type { TenantPatch } from '../../monitoring/tenants/tenant-input.ts';
import type { ExportedTenant } from '../../monitoring/views.ts';
import type { ImportColumn } from '../text/tenant-columns.ts';

type PatchField = Exclude<keyof TenantPatch, 'grant'>;

/** The columns by the fields that they change. */
export const columnOfField: Readonly<Record<keyof TenantPatch, ImportColumn>> = {
  externalId: 'external_id',
  name: 'name',
  owner: 'owner',
  cc: 'cc',
  timezone: 'timezone',
  locale: 'locale',
  schedule: 'schedule',
  senderName: 'sender_name',
  replyTo: 'reply_to',
  reconnectUrl: 'reconnect_url',
  grant: 'refresh_token',
};

/** The fields of a patch that are not what is stored. Addresses are the same in capital and small letters. */
export function changedFields(patch: TenantPatch, stored: ExportedTenant): readonly PatchField[] {
  const { cc, grant: _grant, ...texts } = patch;
  const before: Readonly<Record<keyof typeof texts, string | null>> = {
    ...{ externalId: stored.external_id, name: stored.name, owner: stored.owner, timezone: stored.timezone },
    ...{ locale: stored.locale, schedule: stored.schedule, senderName: stored.sender_name },
    ...{ replyTo: stored.reply_to, reconnectUrl: stored.reconnect_url },
  };
  const fields = Object.keys(texts) as (keyof typeof texts)[];
  const changed = fields.filter((field) =>
    field === 'owner' ? !isSameList([texts.owner ?? ''], [stored.owner]) : (texts[field] ?? null) !== before[field],
  );
  return cc === undefined || isSameList(cc, stored.cc) ? changed : [...changed, 'cc'];
}

/** In whatever order. */
function isSameList(a: readonly string[], b: readonly string[]): boolean {
  const sorted = (emails: readonly string[]) => emails.map((email) => email.toLowerCase()).toSorted();
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}
