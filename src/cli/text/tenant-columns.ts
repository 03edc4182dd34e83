/** The columns of a file of tenants. `id` and `state` come from an export; an import leaves them aside. */
export const importColumns = [
  'id',
  'external_id',
  'state',
  'name',
  'owner',
  'cc',
  'timezone',
  'locale',
  'schedule',
  'sender_name',
  'reply_to',
  'reconnect_url',
  'refresh_token',
  'access_token',
  'expires_in',
] as const;

export type ImportColumn = (typeof importColumns)[number];

export function isImportColumn(name: string): name is ImportColumn {
  return importColumns.some((column) => column === name);
}
