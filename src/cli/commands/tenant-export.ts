import { type Command, Option } from 'commander';
import { eachPage } from '../../monitoring/pages.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { ExportedTenant } from '../../monitoring/views.ts';
import { csvLines, toCsv } from '../../words/csv.ts';
import type { Cli } from '../context.ts';
import { withExamples } from '../help.ts';
import { withApp } from '../open-app.ts';
import { withProgress } from '../progress.ts';
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
    .action(({ format }: Readonly<{ format: Format }>) => exportAll(cli, format));
  withExamples(command, 'tenant export > tenants.csv', 'tenant export --format json > tenants.json');
}

/** Page by page, so that the fleet is never in memory as a whole. */
async function exportAll(cli: Cli, format: Format): Promise<void> {
  const { head, textOf, tail } = format === 'csv' ? asCsv() : await asJson();
  await withApp(cli, { purpose: 'read' }, (app) =>
    withProgress(cli, 'Exporting', async (onProgress) => {
      const total = await app.tenants.count(operator);
      let done = 0;
      cli.stdout.write(head);
      for await (const page of eachPage((request) => app.tenants.export(operator, request))) {
        if (page.length > 0) cli.stdout.write(textOf(page, done === 0));
        done += page.length;
        onProgress(done, Math.max(done, total));
      }
      cli.stdout.write(tail);
    }),
  );
}

type Document = Readonly<{
  head: string;
  textOf(page: readonly ExportedTenant[], isFirst: boolean): string;
  tail: string;
}>;

function asCsv(): Document {
  return { head: `${toCsv(importColumns, [])}\n`, textOf: (page) => `${csvLines(page.map(rowOf))}\n`, tail: '' };
}

/** One document, of the form that is promised for it. */
async function asJson(): Promise<Document> {
  const { toJson } = await import('../answers.ts');
  const [head = '', tail = ''] = toJson({ as: 'exportedTenants', view: { tenants: [] } }).split(/(?<=\[)(?=\])/);
  const textOf = (tenants: readonly ExportedTenant[], isFirst: boolean) => {
    const text = toJson({ as: 'exportedTenants', view: { tenants } }).slice(head.length, -tail.length);
    return isFirst ? text : `,${text}`;
  };
  return { head, textOf, tail: `${tail}\n` };
}

function rowOf(tenant: ExportedTenant): readonly string[] {
  const cells: Readonly<Record<string, string | null>> = { ...tenant, cc: tenant.cc.join(';') };
  return importColumns.map((column) => cells[column] ?? '');
}
