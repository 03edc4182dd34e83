import { importColumns } from '../../monitoring/importing/tenant-columns.ts';
import type { ExportedTenant } from '../../monitoring/views.ts';
import { csvLines, toCsv } from '../csv.ts';

export type TenantFileFormat = 'csv' | 'json';

/** The text of a file that an import reads, page by page, so that a fleet need not be in memory as a whole. */
export async function* writeTenantFile(
  format: TenantFileFormat,
  pages: AsyncIterable<readonly ExportedTenant[]>,
): AsyncGenerator<string> {
  const { head, textOf, separator, tail } = formats[format];
  yield head;
  let isFirst = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield `${isFirst ? '' : separator}${textOf(page)}`;
    isFirst = false;
  }
  yield tail;
}

type Format = Readonly<{
  head: string;
  textOf(page: readonly ExportedTenant[]): string;
  /** Between two pages. */
  separator: string;
  tail: string;
}>;

const formats: Readonly<Record<TenantFileFormat, Format>> = {
  csv: {
    head: `${toCsv(importColumns, [])}\n`,
    textOf: (page) => `${csvLines(page.map(rowOf))}\n`,
    separator: '',
    tail: '',
  },
  json: {
    head: '{"tenants":[',
    textOf: (page) => page.map((tenant) => JSON.stringify(tenant)).join(','),
    separator: ',',
    tail: ']}\n',
  },
};

function rowOf(tenant: ExportedTenant): readonly string[] {
  const cells: Readonly<Record<string, string | null>> = { ...tenant, cc: tenant.cc.join(';') };
  return importColumns.map((column) => cells[column] ?? '');
}
