import type { DescribedVariable } from '../../config/config.ts';
import type { Cli } from '../context.ts';
import { paint } from './paint.ts';
import { type Cell, table } from './table.ts';

/** The effective values under their headings; what somebody set stands out from defaults. */
export function configText(cli: Cli, variables: readonly DescribedVariable[]): string {
  const groups = Map.groupBy(variables, ({ group }) => group);
  const sections = [...groups].map(([heading, members]) => {
    const rows = members.map((variable): readonly Cell[] => [
      { text: variable.name, style: variable.source === 'default' ? 'dim' : 'bold' },
      variable.value ?? '-',
      variable.source,
      variable.meaning,
    ]);
    return `${paint(cli.stdout, heading, 'cyan')}\n${table(cli.stdout, ['VARIABLE', 'VALUE', 'FROM', 'MEANING'], rows)}`;
  });
  return sections.join('\n\n');
}
