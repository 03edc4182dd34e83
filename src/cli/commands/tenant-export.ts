import { type Command, Option } from 'commander';
import { eachPage } from '../../monitoring/pages.ts';
import type { PageRequest } from '../../monitoring/ports.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { TenantFileFormat } from '../../words/tenant-file/write-tenant-file.ts';
import type { Cli } from '../context.ts';
import { withExamples } from '../help.ts';
import { withApp } from '../open-app.ts';
import { withProgress } from '../progress.ts';

export function addTenantExport(group: Command, cli: Cli): void {
  const command = group
    .command('export')
    .summary('all of them as a file')
    .description(
      'All tenants in the form that `linkwatch tenant import` reads. Tokens are never exported: fill them in before importing.',
    )
    .addOption(new Option('--format <format>', 'of the text on stdout').choices(['csv', 'json']).default('csv'))
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .action(({ format }: Readonly<{ format: TenantFileFormat }>) => exportAll(cli, format));
  withExamples(command, 'tenant export > tenants.csv', 'tenant export --format json > tenants.json');
}

async function exportAll(cli: Cli, format: TenantFileFormat): Promise<void> {
  const { writeTenantFile } = await import('../../words/tenant-file/write-tenant-file.ts');
  await withApp(cli, { purpose: 'read' }, (app) =>
    withProgress(cli, 'Exporting', async (onProgress) => {
      const total = await app.tenants.count(operator);
      let done = 0;
      const readPage = async (request: PageRequest) => {
        const page = await app.tenants.export(operator, request);
        done += page.items.length;
        onProgress(done, Math.max(done, total));
        return page;
      };
      for await (const text of writeTenantFile(format, eachPage(readPage))) cli.stdout.write(text);
    }),
  );
}
