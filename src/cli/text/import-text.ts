import type { Cli } from '../context.ts';
import type { BadLine, StoredLine, UntriedLine } from '../import/import-plan.ts';
import { paint } from './paint.ts';
import { plain, plural } from './plain-text.ts';

export type ImportReport = Readonly<{
  imported: number;
  /** The tenants that were imported. */
  tenants: readonly StoredLine[];
  skipped: readonly StoredLine[];
  /** Imported, and nothing is known of their tokens. */
  untried: readonly UntriedLine[];
  errors: readonly BadLine[];
}>;

export function importText(cli: Cli, unit: string, { imported, skipped, untried, errors }: ImportReport): string {
  const lines = errors.flatMap(({ line, problems }) =>
    problems.map(({ field, problem }) => {
      const place = paint(cli.stdout, `${unit} ${line}`, 'red');
      return `${place}  ${plain(field === null ? problem : `${field}: ${problem}`)}`;
    }),
  );
  const there = skipped.length === 0 ? '' : `, ${skipped.length} skipped because they are there already`;
  const [first] = untried;
  const unknown =
    first === undefined
      ? []
      : [
          `${plural(untried.length, 'token')} not tried (${plain(first.why)}). The first polls try them; you get a mail.`,
        ];
  return [...lines, `${plural(imported, 'tenant')} imported${there}`, ...unknown].join('\n');
}
