import { type Command, Option } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { ExportedTenant } from '../../monitoring/views.ts';
import type { Cli } from '../context.ts';
import { withExamples } from '../help.ts';
import { withApp } from '../open-app.ts';
import { printAnswer } from '../print.ts';
import { toCsv } from '../text/csv.ts';
import { importColumns } from '../text/tenant-columns.ts';

type Format = 'csv' | 'json';

export function addTenantExport(group: Command, cli: Cli): void {
  const command = group
    .command('export')
    .summary('all of them as a file')
    .description(
      'All tenants in the form that `linkwatch tenant import` reads. Tokens are never exported: fill them in before importing.',
    )
    .addOption(new Option('--format <format>', 'of the text on stdout').choices(['csv', 'json']).default('csv'))
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .action(async ({ format }: Readonly<{ format: Format }>) => {
      const tenants = await withApp(cli, { purpose: 'read' }, (app) => app.tenants.export(operator));
      const text = () => tenantsCsv(tenants);
      await printAnswer(cli, { json: format === 'json' }, { as: 'exportedTenants', view: { tenants }, text });
    });
  withExamples(command, 'tenant export > tenants.csv', 'tenant export --format json > tenants.json');
}

function tenantsCsv(tenants: readonly ExportedTenant[]): string {
  const rows = tenants.map((tenant) => {
    const cells: Readonly<Record<string, string | null>> = { ...tenant, cc: tenant.cc.join(';') };
    return importColumns.map((column) => cells[column] ?? '');
  });
  return toCsv(importColumns, rows);
}
