import { z } from 'zod';
import { tenantStates } from '../../domain/model/tenant.ts';
import { importColumns } from '../../monitoring/importing/tenant-columns.ts';
import { importReport as importReportView } from '../../monitoring/views/imports.ts';
import { list } from '../../monitoring/views/parts.ts';
import { exportedTenant } from '../../monitoring/views/tenants.ts';

/** Files of tenants as bodies and answers, by their names in the OpenAPI document. */

/** Whoever has more sends them in parts, or gives them to `linkwatch tenant import`. */
export const MOST_ENTRIES = 10_000;

const text = { type: 'string' } as const;
const kinds: Readonly<Partial<Record<(typeof importColumns)[number], object>>> = {
  state: { type: 'string', enum: tenantStates },
  cc: { anyOf: [text, { type: 'array', items: text }] },
  expires_in: { anyOf: [text, { type: 'integer' }] },
};

/** Whatever an entry is, what is wrong with it is said of that entry, and refuses no other. */
const entry = z.unknown().meta({
  description: 'By the names of the columns, or as `POST /tenants` names them. `id` and `state` are left aside.',
  type: 'object',
  properties: Object.fromEntries(importColumns.map((column) => [column, kinds[column] ?? text])),
});
const entries = z.array(entry).max(MOST_ENTRIES);

const entryExample = {
  external_id: 'customer-17',
  name: "Jane's Bakery",
  owner: 'jane@bakery.example',
  timezone: 'US/Eastern',
  refresh_token: 'from-its-authorisation',
};

export const tenantListBody = z.union([z.strictObject({ tenants: entries }), entries]).meta({
  id: 'TenantList',
  examples: [{ tenants: [entryExample] }, [entryExample]],
});

export const tenantTableBody = z.string().meta({
  description: 'The first line names the columns, as an export does.',
  examples: [
    "external_id,name,owner,refresh_token\ncustomer-17,Jane's Bakery,jane@bakery.example,from-its-authorisation\n",
  ],
});

export const importReport = importReportView.meta({
  id: 'ImportReport',
  examples: [
    {
      imported: 1,
      tenants: [{ line: 2, id: '4ba1vqnyqq0hp7ur' }],
      updated: [{ line: 3, id: '4ba1vqnyqq0hp7us', columns: ['refresh_token'] }],
      differing: [{ line: 4, id: '4ba1vqnyqq0hp7ut', columns: ['timezone'] }],
      skipped: [],
      untried: [],
      sameAccounts: [],
      unfinished: 0,
      errors: [{ line: 5, problems: [{ field: 'owner', problem: 'it is not an e-mail address' }] }],
    },
  ],
});

const exportExample = {
  id: '4ba1vqnyqq0hp7ur',
  external_id: 'customer-17',
  name: "Jane's Bakery",
  state: 'active',
  timezone: 'America/New_York',
  locale: 'en-US',
  schedule: null,
  owner: 'jane@bakery.example',
  cc: [],
  sender_name: null,
  reply_to: null,
  reconnect_url: null,
  application: 'default',
};

export const exportedTenants = z
  .object({ tenants: list(exportedTenant) })
  .meta({ id: 'ExportedTenants', examples: [{ tenants: [exportExample] }] });

export const exportedTable = z.string().meta({
  examples: [
    `${importColumns.join(',')}\n4ba1vqnyqq0hp7ur,customer-17,active,Jane's Bakery,jane@bakery.example,,America/New_York,en-US,,default,,,,,,\n`,
  ],
});
