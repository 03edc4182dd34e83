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
  'application',
  'sender_name',
  'reply_to',
  'reconnect_url',
  'refresh_token',
  'access_token',
  'expires_in',
] as const;

export type ImportColumn = (typeof importColumns)[number];

const columnsByName = new Map(importColumns.map((column) => [bare(column), column]));

/** People write `Refresh Token`, programs `refreshToken`. */
export function columnNamed(name: string): ImportColumn | null {
  return columnsByName.get(bare(name)) ?? null;
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/g, '');
}
