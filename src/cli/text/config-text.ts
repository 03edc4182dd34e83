import { type DescribedVariable, type UnknownVariable, unknownVariableText } from '../../config/config.ts';
import type { Cli } from '../context.ts';
import { paint } from './paint.ts';
import { plain } from './plain-text.ts';
import { type Cell, fieldTable } from './table.ts';

type Settings = Readonly<{ variables: readonly DescribedVariable[]; unknown: readonly UnknownVariable[] }>;

/**
 * The effective values under their headings; what somebody set stands out from defaults, and what is missing from both.
 */
export function configText(cli: Cli, { variables, unknown }: Settings): string {
  const groups = Map.groupBy(variables, ({ group }) => group);
  const sections = [...groups].map(([heading, members]) => {
    const rows = members.map((variable): readonly Cell[] => [
      { text: variable.name, style: variable.source === 'default' ? 'dim' : 'bold' },
      variable.isMissing ? { text: 'required', style: 'red' } : (variable.value ?? '-'),
      variable.source,
      variable.meaning,
    ]);
    return `${paint(cli.stdout, heading, 'cyan')}\n${fieldTable(cli.stdout, ['VARIABLE', 'VALUE', 'FROM', 'MEANING'], rows)}`;
  });
  const warnings = unknown.map(
    (each) => `${paint(cli.stdout, 'unknown:', 'yellow')} ${plain(unknownVariableText(each))}`,
  );
  return [...sections, ...(warnings.length === 0 ? [] : [warnings.join('\n')])].join('\n\n');
}
