import type { Instant } from '../../domain/model/time.ts';
import type { Explanation } from '../../monitoring/views.ts';
import { type ExplainedLine, type ExplainedPart, explanationParts } from '../../words/explanation-words.ts';
import { formatMinute } from '../../words/format-time.ts';
import type { Cli } from '../context.ts';
import { paint } from './paint.ts';
import { plain } from './plain-text.ts';

/** With an address, what concerns that person alone. */
export function explanationText(cli: Cli, explanation: Explanation, address: string | null): string {
  const parts = explanationParts(explanation, { address, moment: (at: Instant) => `${formatMinute(at)} UTC` });
  const title = paint(cli.stdout, plain(explanation.tenant.name), 'bold');
  return [`${title}  since ${formatMinute(explanation.from)} UTC`, ...parts.map((part) => partText(cli, part))].join(
    '\n\n',
  );
}

function partText(cli: Cli, { title, incidentId, lines }: ExplainedPart): string {
  const id = incidentId === null ? '' : `  ${incidentId}`;
  return [`${paint(cli.stdout, plain(title), 'cyan')}${id}`, ...lines.flatMap((line) => lineText(cli, line))].join(
    '\n',
  );
}

const BESIDE_TIME = ' '.repeat('2026-11-22 21:38  '.length);

function lineText(cli: Cli, { at, text, evidence }: ExplainedLine): readonly string[] {
  const when = at === null ? BESIDE_TIME : `${formatMinute(at)}  `;
  const said = evidence === null ? [] : [`${BESIDE_TIME}${paint(cli.stdout, plain(evidence), 'dim')}`];
  return [`${when}${plain(text)}`, ...said];
}
