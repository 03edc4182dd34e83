import type { Cli } from '../context.ts';
import type { BadLine, StoredLine } from '../import/import-plan.ts';
import { paint } from './paint.ts';
import { plain, plural } from './plain-text.ts';

export type ImportReport = Readonly<{
  imported: number;
  /** The tenants that were imported. */
  tenants: readonly StoredLine[];
  skipped: readonly StoredLine[];
  errors: readonly BadLine[];
}>;

export function importText(cli: Cli, unit: string, { imported, skipped, errors }: ImportReport): string {
  const lines = errors.flatMap(({ line, problems }) =>
    problems.map(({ field, problem }) => {
      const place = paint(cli.stdout, `${unit} ${line}`, 'red');
      return `${place}  ${plain(field === null ? problem : `${field}: ${problem}`)}`;
    }),
  );
  const there = skipped.length === 0 ? '' : `, ${skipped.length} skipped because they are there already`;
  return [...lines, `${plural(imported, 'tenant')} imported${there}`].join('\n');
}
