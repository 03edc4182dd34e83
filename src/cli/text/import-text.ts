import type { ImportReport } from '../../monitoring/views.ts';
import type { Cli } from '../context.ts';
import { paint } from './paint.ts';
import { plain, plural } from './plain-text.ts';

/** Lines that are named one by one where there are many. */
const SHOWN = 10;

export function importText(cli: Cli, unit: 'line' | 'entry', report: ImportReport): string {
  const problems = report.errors.flatMap(({ line, problems }) =>
    problems.map(({ field, problem }) => {
      const place = paint(cli.stdout, `${unit} ${line}`, 'red');
      return `${place}  ${plain(field === null ? problem : `${field}: ${problem}`)}`;
    }),
  );
  return [
    ...problems,
    doneText(report),
    ...differingText(unit, report),
    ...untriedText(report),
    ...sameAccountsText(unit, report),
  ].join('\n');
}

function doneText({ imported, updated, skipped }: ImportReport): string {
  const grants = updated.filter(({ columns }) => columns.includes('refresh_token')).length;
  const withGrant = grants === 0 ? '' : ` (${grants} with a new grant)`;
  return [
    `${plural(imported, 'tenant')} imported`,
    ...(updated.length === 0 ? [] : [`${updated.length} updated${withGrant}`]),
    ...(skipped.length === 0 ? [] : [`${skipped.length} skipped because they are there already`]),
  ].join(', ');
}

function differingText(unit: 'line' | 'entry', { differing }: ImportReport): readonly string[] {
  if (differing.length === 0) return [];
  const named = differing.map(({ line, columns }) => `${unit} ${line}: ${columns.join(', ')}`);
  const lines = `${plural(differing.length, unit, UNITS[unit])} ${differing.length === 1 ? 'differs' : 'differ'}`;
  return [
    `${lines} from the tenant that is there, which stays as it is; --update takes what differs:`,
    ...shortened(named),
  ];
}

const UNITS = { line: 'lines', entry: 'entries' } as const;

function untriedText({ untried }: ImportReport): readonly string[] {
  const [first] = untried;
  if (first === undefined) return [];
  return [
    `${plural(untried.length, 'token')} not tried (${plain(first.why)}). The first polls try them; you get a mail.`,
  ];
}

function sameAccountsText(unit: 'line' | 'entry', { sameAccounts }: ImportReport): readonly string[] {
  if (sameAccounts.length === 0) return [];
  const lines = sameAccounts.map(
    ({ line, id, sameAccountAs }) => `${unit} ${line}: ${id}, already watched as ${sameAccountAs}`,
  );
  return [
    'Of these accounts two tenants are watched now: remove one of the two, or the owner gets each mail twice.',
    ...shortened(lines),
  ];
}

/** The first few of many lines. */
function shortened(lines: readonly string[]): readonly string[] {
  const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : [];
  return [...lines.slice(0, SHOWN), ...more].map((text) => `  ${text}`);
}
